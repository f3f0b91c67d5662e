package dev.parley.speech.synthesis.normal;

/** Says code as words: "getUserName()" is "get user name". Stateless. */
final class Code {

    private Code() {}

    /** Drops brackets and separators, and splits names at capitals and underscores. */
    static String words(String code) {
        var words = new StringBuilder();
        boolean tag = code.startsWith("<");
        for (int i = 0; i < code.length(); i++) {
            char c = code.charAt(i);
            char before = i == 0 ? ' ' : code.charAt(i - 1);
            if (Character.isUpperCase(c) && Character.isLowerCase(before)) {
                words.append(' ').append(capital(code, i) ? Character.toLowerCase(c) : c);
            } else {
                words.append("_(){}[];\"'$\\".indexOf(c) >= 0 || (tag && "</>".indexOf(c) >= 0) ? ' ' : c);
            }
        }
        return words.toString().replaceAll(" {1,1000}", " ").strip();
    }

    /** Returns whether a capital begins a word of small letters. */
    private static boolean capital(String code, int at) {
        return at + 1 >= code.length() || !Character.isUpperCase(code.charAt(at + 1));
    }
}
