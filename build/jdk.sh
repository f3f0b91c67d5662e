# Sourced by parley and check: finds a JDK of version 21 or newer and sets JAVA_HOME, or prints in one sentence how to install one.

# Prints the feature version of the JDK in a folder, from its release file; prints nothing if there is no JDK.
jdk_version() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    sed -n 's/^JAVA_VERSION="\(1\.\)\{0,1\}\([0-9][0-9]*\).*/\2/p' "$1/release"
}

find_jdk() {
    local home version best="" best_version=0 on_path=""
    command -v javac >/dev/null 2>&1 && on_path=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")
    # The user's choice comes first; among the usual folders the newest version is used.
    for home in "${JAVA_HOME:-}" "$on_path"; do
        [ -n "$home" ] && version=$(jdk_version "$home") && [ "${version:-0}" -ge 21 ] && { JAVA_HOME=$home; export JAVA_HOME; return 0; }
    done
    for home in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* "$HOME"/.jdks/* "$HOME"/.sdkman/candidates/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
        version=$(jdk_version "$home") || continue
        if [ "${version:-0}" -ge 21 ] && [ "$version" -gt "$best_version" ]; then best=$home best_version=$version; fi
    done
    [ -n "$best" ] || return 1
    JAVA_HOME=$best
    export JAVA_HOME
}

need_jdk() {
    find_jdk && return 0
    echo "parley: a JDK of version 21 or newer is needed and none was found in JAVA_HOME, on PATH or in the usual folders: install one (Debian 13: apt-get install openjdk-21-jdk; macOS: brew install openjdk; any system: adoptium.net) or set JAVA_HOME." >&2
    exit 1
}

# Prints Maven's options for the JDK that was found.
jdk_flags() {
    [ "$(jdk_version "$JAVA_HOME")" -ge 22 ] || echo "-Dparley.jdk21"
}

need_maven() {
    command -v mvn >/dev/null 2>&1 && return 0
    echo "parley: Maven 3.8.7 or newer is needed to build and was not found: install it (Debian: apt-get install maven; macOS: brew install maven)." >&2
    exit 1
}
