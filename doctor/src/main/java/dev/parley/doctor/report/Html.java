package dev.parley.doctor.report;

/** Escapes text for HTML. */
final class Html {

    private Html() {}

    static String text(String any) {
        return any.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    static String element(String name, String cssClass, String any) {
        return "<" + name + " class=\"" + cssClass + "\">" + text(any) + "</" + name + ">";
    }
}
