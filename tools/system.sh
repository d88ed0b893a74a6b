#!/bin/sh
# Make sure that the libraries which PDF needs are there: system.sh POLICYGEN
set -eu
. "$(dirname "$0")/system-packages.sh"

ready() { "$policygen" doctor >/dev/null 2>&1; }
# What only makes PDFs slower where it is missing is wanted, too, but nothing fails for it.
slowed() { "$policygen" doctor | grep -q '^PDF: without'; }

policygen=$1
purpose="PDF needs Pango"
if ready && ! slowed; then exit 0; fi
if have apt-get; then
    apt_install "$purpose" libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
elif ready; then
    exit 0
elif [ "$(uname)" = Darwin ]; then
    brew_install "$purpose" pango
else
    fail "$purpose: install Pango 1.44 or newer with your system's package manager and try again"
fi
ready || fail "$("$policygen" doctor 2>&1 | tail -n 1)"
