"""Ask the server of this container whether it is well; exit 1 where it is not."""

import os
import sys
from urllib.error import URLError
from urllib.request import urlopen

HERE = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "[::1]"}


def address() -> str:
    host = os.environ.get("APP_HOST", "").strip("[] ")
    host = HERE.get(host, f"[{host}]" if ":" in host else host)
    port = os.environ.get("APP_PORT", "").strip() or "8000"
    base = os.environ.get("APP_BASE_PATH", "").strip("/ ")
    return f"http://{host}:{port}{f'/{base}' if base else ''}/ping"


def main() -> int:
    try:
        with urlopen(address(), timeout=4) as answer:
            return 0 if answer.status == 200 else 1
    except (URLError, OSError) as error:
        print(f"{address()}: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
