"""``python -m kexplain``."""

from kexplain.cli.main import main

main()
