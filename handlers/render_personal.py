"""What is kept about oneself and which language is spoken, in words. Pure."""

from html import escape

from bot.domain.days import local_day
from bot.domain.problem import N_
from bot.i18n import Translator
from bot.services.messages import Button, Outgoing
from bot.services.own_data import OwnData
from handlers.people_keys import PeoplePress, people_data
from handlers.render_people import held_words


def own_data(data: OwnData, tr: Translator) -> Outgoing:
    """Show somebody all that is stored about them."""
    roles = [held_words(held, data.units, data.day, tr) for held in data.held] or ["–"]
    counted = data.counts
    title = tr(N_("What is kept about you"))
    lines = [
        f"🗂 <b>{escape(title)}</b>",
        escape(tr(N_("Telegram number: {number}"), number=data.person.telegram_id)),
        escape(tr(N_("Name: {name}"), name=data.person.name)),
        escape(tr(N_("Role and unit: {roles}"), roles="; ".join(roles))),
        escape(tr(N_("Since {day}"), day=tr.long_date(local_day(data.since)))),
        "",
        escape(tr.n("{count} report", "{count} reports", counted["reports"])),
        escape(tr.n("{count} decision", "{count} decisions", counted["decisions"])),
        escape(
            tr.n("{count} piece of evidence", "{count} pieces of evidence", counted["evidence"])
        ),
        escape(
            tr.n(
                "{count} extension asked for",
                "{count} extensions asked for",
                counted["extensions"],
            )
        ),
        escape(
            tr.n(
                "{count} difficulty reported",
                "{count} difficulties reported",
                counted["difficulties"],
            )
        ),
        escape(
            tr.n(
                "{count} line in the log of acts",
                "{count} lines in the log of acts",
                counted["acts"],
            )
        ),
        "",
        escape(
            tr.n(
                "It is kept while you have a role and for {count} month after.",
                "It is kept while you have a role and for {count} months after.",
                data.keep_months,
            )
        ),
        escape(
            tr(
                N_(
                    "To have it erased, ask the admin: your name and number go, "
                    "what was done stays without a name."
                )
            )
        ),
    ]
    return Outgoing("\n".join(lines))


def languages(tr: Translator, *, private: bool) -> Outgoing:
    """Ask which language to speak."""
    text = (
        tr(N_("Which language shall I speak with you?"))
        if private
        else tr(N_("Which language shall I speak in this group?"))
    )
    buttons = tuple(
        Button(name, people_data(PeoplePress.TONGUE, 0, locale))
        for locale, name in (("vi", "Tiếng Việt"), ("en", "English"))
    )
    return Outgoing(escape(text), (buttons,))
