"""Every Telegram-facing module: reads updates, calls one service, renders, replies."""

from handlers import (
    answers,
    briefing,
    broadcasting,
    changing,
    checking_in,
    choosing,
    commands,
    concluding,
    difficulties,
    drafting,
    errors,
    exporting,
    extending,
    extending_offers,
    folders,
    handing,
    invite_codes,
    joining,
    listing,
    loading,
    loading_parked,
    loading_review,
    membership,
    personal,
    proving,
    reporting,
    reporting_period,
    showing_proofs,
    summing,
    told,
    undoing,
    unheard,
    unit_keeping,
    versions,
    work,
)
from handlers.context import BotApplication


def register(application: BotApplication) -> None:
    """Add every handler; answers to questions come last, as they take any other message."""
    commands.register(application)
    joining.register(application)
    checking_in.register(application)
    choosing.register(application)
    membership.register(application)
    invite_codes.register(application)
    personal.register(application)
    unit_keeping.register(application)
    work.register(application)
    listing.register(application)
    loading.register(application)
    loading_parked.register(application)
    loading_review.register(application)
    versions.register(application)
    exporting.register(application)
    folders.register(application)
    reporting_period.register(application)
    briefing.register(application)
    concluding.register(application)
    summing.register(application)
    told.register(application)
    broadcasting.register(application)
    changing.register(application)
    difficulties.register(application)
    undoing.register(application)
    extending.register(application)
    extending_offers.register(application)
    drafting.register(application)
    handing.register(application)
    proving.register(application)
    showing_proofs.register(application)
    reporting.register(application)
    unheard.register(application)
    answers.register(application)
    errors.register(application)
