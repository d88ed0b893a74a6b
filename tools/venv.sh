#!/bin/sh
# Make a virtual environment with the first Python that will do: venv.sh FOLDER
set -eu
. "$(dirname "$0")/system-packages.sh"

suits() { have "$1" && "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
complete() { "$python" -c 'import ensurepip, venv' 2>/dev/null; }

python=
for candidate in "${POLICYGEN_PYTHON:-python3}" python3 python3.11 python3.12 python3.13 python3.14; do
    if suits "$candidate"; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    fail "Python 3.11 or newer is needed: install it, or name it with POLICYGEN_PYTHON=/path/to/python3"
fi
if ! complete; then
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    have apt-get || fail "$python has no module venv or ensurepip: install Python with both"
    apt_install "$python lacks what makes virtual environments" "$package"
    complete || fail "$python still has no ensurepip: install $package"
fi
rm -rf "$1"
"$python" -m venv "$1"
