# Sourced by the scripts beside it: install packages through the system's own manager.

say() { printf '%s\n' "$*" >&2; }

# fail TEXT...: end with one line that says what to do.
fail() {
    say "$*"
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# known PACKAGE...: print those that this release of Debian or Ubuntu has.
known() {
    for package in "$@"; do
        if apt-cache show "$package" >/dev/null 2>&1; then printf '%s ' "$package"; fi
    done
}

# apt_install PURPOSE PACKAGE...: install Debian packages, or say how. Packages that this
# release does not have are left out; the caller looks whether what it needs is there.
apt_install() {
    purpose=$1
    shift
    if [ "$(id -u)" = 0 ]; then
        sudo=
    elif have sudo && sudo -n true 2>/dev/null; then
        sudo="sudo"
    else
        fail "$purpose: run “sudo apt-get install $*” and try again"
    fi
    say "$purpose: installing $*"
    $sudo apt-get update -qq </dev/null || say "$purpose: the list of packages was not renewed"
    # shellcheck disable=SC2046,SC2086 # words on purpose
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends \
        $(known "$@") </dev/null >/dev/null || fail "$purpose: apt-get could not install $*"
}

# brew_install PURPOSE FORMULA...: likewise with Homebrew.
brew_install() {
    purpose=$1
    shift
    have brew || fail "$purpose: install Homebrew, run “brew install $*” and try again"
    say "$purpose: installing $*"
    brew install --quiet "$@" </dev/null || fail "$purpose: run “brew install $*” and try again"
}
