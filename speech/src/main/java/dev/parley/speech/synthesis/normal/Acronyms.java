package dev.parley.speech.synthesis.normal;

import java.util.Map;
import java.util.Set;

/** Decides which words in capitals are spelled, and which are said as words. Stateless. */
final class Acronyms {

    private static final Map<String, String> SPECIAL = Map.ofEntries(Map.entry("JSON", "Jason"),
            Map.entry("SQL", "sequel"), Map.entry("GUI", "gooey"), Map.entry("IEEE", "I triple E"),
            Map.entry("JPEG", "jay peg"), Map.entry("ASCII", "askey"), Map.entry("WYSIWYG", "wizzy wig"),
            Map.entry("ISO", "I S O"), Map.entry("AAA", "triple A"), Map.entry("OK", "okay"),
            Map.entry("README", "read me"), Map.entry("MPEG", "em peg"), Map.entry("CMOS", "see moss"),
            Map.entry("YAML", "yammel"), Map.entry("TOML", "tommel"));
    private static final Set<String> SAID = Set.of("RAM", "ROM", "PIN", "GIF", "SIM", "LAN", "WAN", "NASA",
            "NATO", "LAB", "AIDS", "SARS", "CAD", "CAM", "REST", "SOAP", "CRUD", "ZIP", "DOS", "NAT", "FEMA",
            "TED", "MAC", "DRAM", "SWAT", "DOM", "NIST");
    /** Acronyms that look like words and are spelled. */
    private static final Set<String> SPELLED = Set.of("LED", "FAQ", "CEO", "VAT", "MIT", "ESA", "ASAP",
            "AARP", "IATA", "OAUTH", "UEFI", "IOS", "AOL", "EULA", "HTTPS", "AES", "UUID", "ETA", "RSVP",
            "CIA", "USA", "UAE", "IOU", "GUID", "URI", "API", "AWS", "ATM");
    /** English words that are written in capitals to stress them. */
    private static final Set<String> STRESSED = Set.of("A", "I", "AM", "AN", "AND", "ARE", "AS", "BE", "BIG",
            "BUT", "BY", "CAN", "DO", "END", "FOR", "FREE", "GET", "GO", "HAS", "HE", "HER", "HIS", "HOT",
            "HOW", "IF", "IN", "IS", "ITS", "LET", "MAY", "ME", "MY", "NEW", "NO", "NOT", "NOW", "OF", "OFF",
            "OLD", "ON", "ONE", "OR", "OUR", "OUT", "PUT", "SALE", "SEE", "SET", "SHE", "SO", "THE", "TOP",
            "TRY", "TWO", "UP", "USE", "WAS", "WE", "WHO", "WHY", "YES", "YET", "YOU", "ALL", "ANY", "BAD",
            "BUY", "TOO", "SAY", "RUN", "RED", "SUN", "SAT", "WIN", "WOW", "HEY", "HI", "HA", "OH", "AT",
            "TO", "DON", "LOT", "DAY");

    private Acronyms() {}

    /** Returns how a word in capitals of at least two letters is said. */
    static String say(String word) {
        var special = SPECIAL.get(word);
        if (special != null) {
            return special;
        }
        if (STRESSED.contains(word)) {
            return word.equals("I") ? word : word.toLowerCase(java.util.Locale.ROOT);
        }
        if (SPELLED.contains(word)) {
            return WordRules.spell(word);
        }
        if (SAID.contains(word) || (word.length() > 3 && pronounceable(word))) {
            return word.charAt(0) + word.substring(1).toLowerCase(java.util.Locale.ROOT);
        }
        return word.length() > 8 ? word.toLowerCase(java.util.Locale.ROOT) : WordRules.spell(word);
    }

    /** Returns whether a word has vowels, and never more than three consonants in a row. */
    private static boolean pronounceable(String word) {
        int consonants = 0;
        int vowels = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            boolean vowel = "AEIOUY".indexOf(c) >= 0 || c > 'Z';
            vowels += vowel ? 1 : 0;
            consonants = vowel ? 0 : consonants + 1;
            if (consonants > 3) {
                return false;
            }
        }
        return vowels > 0 && (word.length() > 4 || vowels > 1 || consonants < 3);
    }
}
