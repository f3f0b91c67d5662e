package dev.parley.speech.synthesis.normal;

/** Drops the marks of Markdown and HTML and keeps the text: headings, lists, emphasis, links, tables, code. Stateless. */
final class Markdown {

    /** Maximum length of a link's text or address; brackets that are further apart do not form a link. */
    private static final int MAX_LINK = 300;

    private Markdown() {}

    static String plain(String text) {
        var plain = new StringBuilder();
        for (var line : text.split("\n", -1)) {
            var marked = line(line.strip());
            plain.append(plain.isEmpty() || marked.isEmpty() ? "" : "\n").append(marked);
        }
        return plain.toString();
    }

    private static String line(String line) {
        if ((line.startsWith("```") || line.startsWith("~~~")) && line.indexOf(line.substring(0, 3), 3) < 0) {
            return ""; // A fence alone, with the language at most.
        }
        if (line.length() > 2 && line.chars().allMatch(c -> "-*_=|: +".indexOf(c) >= 0)) {
            return "";
        }
        var rest = line.replaceFirst("^(?:> ?){1,5}", "")
                .replaceFirst("^#{1,6}(?:\\s|$)", "")
                .replaceFirst("^[-*+\u2022] (?:\\[[ xX]\\] )?", "")
                .replaceFirst("^(\\d{1,3})[.)] ", "$1, ")
                .strip();
        if (rest.startsWith("|") && rest.length() > 1) {
            rest = row(rest);
        }
        return inline(rest);
    }

    /** Reads a row of a table as its cells. */
    private static String row(String line) {
        var cells = new StringBuilder();
        for (var cell : line.split("\\|", -1)) {
            if (!cell.isBlank()) {
                cells.append(cells.isEmpty() ? "" : ", ").append(cell.strip());
            }
        }
        return cells.toString();
    }

    private static String inline(String line) {
        var out = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            int end = switch (c) {
                case '`' -> code(line, i, out);
                case '[' -> link(line, i, out);
                case '!' -> i + 1 < line.length() && line.charAt(i + 1) == '[' ? link(line, i + 1, out) : -1;
                case '<' -> tag(line, i, out);
                case '\\' -> i + 1 < line.length() && "\\`*_{}[]()#+-.!|~>".indexOf(line.charAt(i + 1)) >= 0
                        ? escaped(line, i, out)
                        : -1;
                case '*', '_', '~' -> mark(line, i, out);
                default -> -1;
            };
            if (end < 0) {
                out.append(c);
            } else {
                i = end;
            }
        }
        return out.toString();
    }

    /** Appends inline code as words. Returns the index of its last character, or -1 if it does not end. */
    private static int code(String line, int at, StringBuilder out) {
        int from = at;
        while (from < line.length() && line.charAt(from) == '`') {
            from++;
        }
        int end = line.indexOf('`', from);
        if (end < 0) {
            return from - 1;
        }
        out.append(Code.words(line.substring(from, end)));
        while (end + 1 < line.length() && line.charAt(end + 1) == '`') {
            end++;
        }
        return end;
    }

    private static int link(String line, int at, StringBuilder out) {
        int close = find(line, ']', at + 1);
        if (close < 0) {
            return -1;
        }
        var text = line.substring(at + 1, close);
        if (text.startsWith("^")) {
            return close;
        }
        char next = close + 1 < line.length() ? line.charAt(close + 1) : ' ';
        int end = next == '(' ? find(line, ')', close + 2) : next == '[' ? find(line, ']', close + 2) : -1;
        if (end < 0) {
            return -1;
        }
        out.append(text.replaceAll("[*_`\\[]", ""));
        return end;
    }

    private static int tag(String line, int at, StringBuilder out) {
        char next = at + 1 < line.length() ? line.charAt(at + 1) : ' ';
        int close = find(line, '>', at + 1);
        if (close < 0 || !(Character.isLetter(next) || next == '/' || next == '!')) {
            return -1;
        }
        var inside = line.substring(at + 1, close);
        out.append(inside.matches("[a-z]{2,10}:[^ ]{1,300}|[^ @]{1,80}@[^ @]{1,200}") ? inside : " ");
        return close;
    }

    private static int escaped(String line, int at, StringBuilder out) {
        char c = line.charAt(at + 1);
        boolean alone = at > 0 && line.charAt(at - 1) == ' ' && at + 2 < line.length()
                && line.charAt(at + 2) == ' ';
        out.append("*_`~".indexOf(c) < 0 || alone ? c : ' ');
        return at + 1;
    }

    /** Drops marks of emphasis; a star or tilde between spaces or numbers is not a mark. */
    private static int mark(String line, int at, StringBuilder out) {
        char c = line.charAt(at);
        int end = at;
        while (end + 1 < line.length() && line.charAt(end + 1) == c) {
            end++;
        }
        char before = at == 0 ? ' ' : line.charAt(at - 1);
        char after = end + 1 < line.length() ? line.charAt(end + 1) : ' ';
        boolean spaced = before == ' ' && after == ' ';
        boolean digits = Character.isDigit(before) && Character.isDigit(after);
        if (c == '_') {
            out.append(Character.isLetterOrDigit(before) && Character.isLetterOrDigit(after) ? "_" : "");
            return end;
        }
        if ((c == '*' && (spaced || digits) && end == at && at > 0) || (c == '~' && end == at)) {
            return -1;
        }
        return end;
    }

    private static int find(String line, char c, int from) {
        int limit = Math.min(line.length(), from + MAX_LINK);
        for (int i = from; i < limit; i++) {
            if (line.charAt(i) == c) {
                return i;
            }
        }
        return -1;
    }
}
