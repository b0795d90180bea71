"""The Telegram application: its addresses, its time-outs, its handlers."""

import warnings

from telegram.ext import ApplicationBuilder
from telegram.request import HTTPXRequest
from telegram.warnings import PTBUserWarning

import handlers
from bot.clock import Clock
from bot.i18n import Translators
from bot.runtime.shared_pace import SharedPace
from bot.services.files import FileStore
from bot.services.pace import Pace
from bot.settings import Settings
from handlers.context import CONTEXT_TYPES, BotApplication
from storage.db import Database

# Updates are fetched raw, to be written down before anything tries to understand them: one that
# the library cannot parse must not block those behind it.
warnings.filterwarnings("ignore", r".*getUpdates.*", PTBUserWarning)

POOL = 32
CONNECT_TIMEOUT = 10.0
SEND_TIMEOUT = 30.0
POLL_POOL = 4


def build_application(
    settings: Settings,
    db: Database,
    clock: Clock,
    translators: Translators,
    pace: Pace | None = None,
    polling: HTTPXRequest | None = None,
) -> BotApplication:
    """Return the application with every handler; nothing is started and nothing is sent.

    Whatever it writes takes its turn from `pace`; updates are fetched over `polling`.
    """
    assert settings.telegram_bot_token is not None  # checked at start
    api = settings.telegram_api_url.rstrip("/")
    application: BotApplication = (
        ApplicationBuilder()
        .token(settings.telegram_bot_token.get_secret_value())
        .base_url(f"{api}/bot")
        .base_file_url(f"{api}/file/bot")
        .request(_request(settings, POOL))
        .get_updates_request(polling or polling_request(settings))
        .rate_limiter(SharedPace(pace or Pace()))
        .context_types(CONTEXT_TYPES)
        .updater(None)
        .job_queue(None)
        .build()
    )
    data = application.bot_data
    data.db, data.clock, data.translators = db, clock, translators
    data.files = FileStore(settings.files_folder())
    handlers.register(application)
    return application


def polling_request(settings: Settings) -> HTTPXRequest:
    """Return connections of their own for fetching updates."""
    return _request(settings, POLL_POOL)


def _request(settings: Settings, pool: int) -> HTTPXRequest:
    proxy = settings.telegram_proxy.get_secret_value() if settings.telegram_proxy else None
    return HTTPXRequest(
        connection_pool_size=pool,
        connect_timeout=CONNECT_TIMEOUT,
        read_timeout=SEND_TIMEOUT,
        write_timeout=SEND_TIMEOUT,
        pool_timeout=SEND_TIMEOUT,
        proxy=proxy,
    )
