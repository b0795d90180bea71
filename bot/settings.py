"""Settings from the environment or `.env`; read once, passed down, never imported elsewhere."""

from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.domain.errors import UserError
from bot.domain.problem import N_

OFFICIAL_API = "https://api.telegram.org"
_DRIVERS = {"sqlite": "sqlite+aiosqlite"}


class Settings(BaseSettings):
    """What an installation can set; the names are those of the environment variables."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    telegram_bot_token: SecretStr | None = None
    telegram_api_url: str = OFFICIAL_API
    telegram_proxy: SecretStr | None = None
    database_url: str = Field(default="sqlite:///data/nhacviec.db")
    files_dir: Path | None = None
    office_name: str = "Sở Tư pháp"
    locale: str = Field(default="vi", validation_alias="NHACVIEC_LANG")

    def async_database_url(self) -> str:
        """Return the database's address with an async driver.

        Raises:
            UserError: the address cannot be read.
        """
        url = self._database_address()
        driver = _DRIVERS.get(url.get_backend_name())
        if driver is None:
            raise UserError(
                N_("DATABASE_URL must begin with sqlite:// (found {found})."),
                found=url.get_backend_name(),
            )
        return url.set(drivername=driver).render_as_string(hide_password=False)

    def database_file(self) -> Path | None:
        """Return the file of an SQLite database, None for a server.

        Raises:
            UserError: the address cannot be read.
        """
        url = self._database_address()
        if url.get_backend_name() != "sqlite" or not url.database:
            return None
        return Path(url.database)

    def files_folder(self) -> Path:
        """Return the folder of evidence files: beside the database unless FILES_DIR says.

        Raises:
            UserError: the database's address cannot be read.
        """
        if self.files_dir is not None:
            return self.files_dir
        database = self.database_file()
        return (database.parent if database else Path("data")) / "files"

    def _database_address(self) -> URL:
        try:
            return make_url(self.database_url)
        except ArgumentError as error:
            raise UserError(
                N_("DATABASE_URL is not a database address, for example {example}."),
                example="sqlite:///data/nhacviec.db",
            ) from error

    def problems(self) -> list[UserError]:
        """Return what keeps the bot from starting, one entry per setting."""
        found: list[UserError] = []
        token = self.telegram_bot_token.get_secret_value() if self.telegram_bot_token else ""
        number, _, secret = token.partition(":")
        if not token:
            found.append(UserError(N_("TELEGRAM_BOT_TOKEN is missing: ask @BotFather for one.")))
        elif not (number.isdigit() and secret):
            found.append(
                UserError(N_("TELEGRAM_BOT_TOKEN is not a token: it looks like 123456:ABC-DEF."))
            )
        if not _is_web_address(self.telegram_api_url, ("http", "https")):
            found.append(
                UserError(
                    N_("TELEGRAM_API_URL must be an address that begins with https:// or http://.")
                )
            )
        proxy = self.telegram_proxy.get_secret_value() if self.telegram_proxy else None
        if proxy and not _is_web_address(proxy, ("http", "https", "socks5", "socks5h")):
            found.append(
                UserError(N_("TELEGRAM_PROXY must begin with http://, https:// or socks5://."))
            )
        try:
            self.async_database_url()
        except UserError as error:
            found.append(error)
        return found


def _is_web_address(text: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in schemes and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False
