package dev.parley.speech.synthesis.normal;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** URLs, of which only the host is said, e-mail addresses, file names and paths. */
final class AddressRules {

    private static final String LABEL = "[\\p{L}\\d](?:[\\p{L}\\d-]{0,60}[\\p{L}\\d])?";
    private static final String HOST = "(?<host>" + LABEL + "(?:\\." + LABEL + "){0,7})";
    private static final String REST = "(?::\\d{1,5})?(?:[/?#][^\\s<>\"\u201d|]{0,280})?";
    private static final Set<String> TOP = Set.of("com", "org", "net", "edu", "gov", "mil", "info", "biz",
            "io", "dev", "app", "ai", "co", "uk", "de", "fr", "eu", "us", "ca", "au", "nl", "ch", "at", "it",
            "es", "se", "no", "dk", "fi", "pl", "jp", "cn", "in", "br", "ie", "nz", "me", "tv", "xyz",
            "cloud", "online", "site", "blog", "shop", "page", "tech");
    /** Endings of two or three letters that are said as words. */
    private static final Set<String> SAID = Set.of("com", "org", "net", "gov", "biz", "app", "dev", "co",
            "me", "txt", "log", "jar", "zip", "bin", "exe", "doc", "bat", "ini", "conf", "toml", "json",
            "yaml", "java", "lock", "test", "properties", "info", "cloud", "online", "site", "blog", "shop",
            "page", "tech", "mil", "edu", "rust", "md5");
    private static final Set<String> FILES = Set.of("txt", "md", "js", "mjs", "ts", "tsx", "jsx", "py", "rb",
            "rs", "go", "java", "kt", "c", "cpp", "h", "cs", "php", "sh", "bat", "json", "yaml", "yml",
            "toml", "xml", "html", "htm", "css", "csv", "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx",
            "png", "jpg", "jpeg", "gif", "svg", "mp3", "mp4", "wav", "zip", "tar", "gz", "jar", "exe", "log",
            "ini", "conf", "sql", "bin", "properties", "lock");

    static final List<Rule> RULES = List.of(
            Rule.of("(?i:mailto:)?(?<user>[\\p{L}\\d][\\p{L}\\d._%+-]{0,63})@" + HOST + "(?![\\p{L}\\d])",
                    form -> name(form.get("user"), false) + " at " + name(form.get("host"), true)),
            Rule.of("(?i:[a-z][a-z+]{1,9})://(?:[^\\s/@]{1,60}@)?" + HOST + REST, AddressRules::host),
            Rule.of("(?i:[a-z][a-z+]{1,9})://[^\\s<>\"|]{0,280}", form -> "a link" + stop(form)),
            Rule.of("(?i:www)\\." + HOST + REST, AddressRules::host),
            Rule.maybe("(?<host>" + LABEL + "(?:\\." + LABEL + "){1,7})(?<rest>" + REST + ")(?![\\p{L}\\d])",
                    AddressRules::bare),
            Rule.maybe(
                    "(?<path>(?:(?:~|\\.{1,2})/[\\p{L}\\d._-]{1,60}|/[\\p{L}\\d._-]{1,60}(?=/[\\p{L}\\d]))(?:/[\\p{L}\\d._-]{0,60}){0,12})(?![\\p{L}\\d])",
                    form -> Optional.of(path(form) + stop(form))));

    private AddressRules() {}

    private static String host(Rule.Form form) {
        return name(form.get("host").replaceFirst("^(?i:www)\\.", ""), true) + stop(form);
    }

    private static Optional<String> bare(Rule.Form form) {
        var host = form.get("host");
        var labels = host.split("\\.", -1);
        var last = labels[labels.length - 1];
        if (TOP.contains(last) && host.chars().anyMatch(Character::isLetter) && labels[0].length() > 1) {
            return Optional.of(host(form));
        }
        boolean file = FILES.contains(last.toLowerCase(java.util.Locale.ROOT)) && form.get("rest").isEmpty()
                && labels[0].length() > 1 && labels[0].chars().anyMatch(Character::isLetter);
        return file ? Optional.of(name(host, true)) : Optional.empty();
    }

    /** Names an address part by part; the last part of a host or file is spelled unless it is said as a word. */
    private static String name(String address, boolean hasEnding) {
        var words = new StringBuilder();
        int last = hasEnding ? address.lastIndexOf('.') + 1 : address.length() + 1;
        for (int start = 0; start < address.length();) {
            int end = start;
            while (end < address.length() && Character.isLetterOrDigit(address.charAt(end))) {
                end++;
            }
            var part = address.substring(start, end);
            boolean spelled = start == last && last > 0 && part.length() < 4 && !SAID.contains(part);
            if (!part.isEmpty()) {
                words.append(' ').append(spelled ? WordRules.spell(part) : WordRules.mixed(part));
            }
            if (end < address.length()) {
                words.append(switch (address.charAt(end)) {
                    case '.' -> " dot";
                    case '-' -> " dash";
                    case '_' -> " underscore";
                    case '+' -> " plus";
                    default -> "";
                });
            }
            start = end + 1;
        }
        return words.toString().strip();
    }

    private static String path(Rule.Form form) {
        var words = new StringBuilder();
        for (var part : form.get("path").replaceFirst("\\.{1,3}$", "").split("/", -1)) {
            if (!part.isEmpty() && part.chars().anyMatch(Character::isLetterOrDigit)) {
                words.append(" slash ").append(name(part, part.indexOf('.') > 0));
            }
        }
        return words.toString().strip();
    }

    /** Returns the punctuation at the end of a sentence that the pattern took for a part of the address. */
    private static String stop(Rule.Form form) {
        var all = form.all();
        char last = all.charAt(all.length() - 1);
        return ".,;:!?".indexOf(last) >= 0 ? String.valueOf(last) : "";
    }
}
