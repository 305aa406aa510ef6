"""Prints what authors of simulations work with: the JSON Schema, or with `keys` the tables of all keys.

python -m bargaining.casefile > docs/simulation-1.schema.json
python -m bargaining.casefile keys
"""

from __future__ import annotations

import sys

from bargaining.casefile.publishing import key_tables, schema_text

if __name__ == "__main__":
    sys.stdout.write(key_tables() if sys.argv[1:] == ["keys"] else schema_text())
