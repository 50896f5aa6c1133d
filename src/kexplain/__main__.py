"""``python -m kexplain``."""

from kexplain.cli import main

main()
