"""`python -m psd2_affordability`."""

from psd2_affordability.cli import main

if __name__ == "__main__":
    main()
