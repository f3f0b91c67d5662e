package dev.parley.doctor.report;

import static dev.parley.doctor.report.Html.element;
import static dev.parley.doctor.report.Html.text;

import dev.parley.doctor.evidence.Evidence.AudioTimings;
import dev.parley.doctor.rule.Confidence;
import dev.parley.doctor.rule.Finding;
import dev.parley.doctor.rule.Quantities;
import dev.parley.doctor.rule.Severity;
import dev.parley.doctor.software.Remedy;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a report as a self-contained HTML page, without scripts or external resources. */
public final class HtmlReport {
    private static final String STYLE = """
            :root { color-scheme: light dark; --ground:#f6f4ef; --surface:#fff; --ink:#1d2422; --soft:#5a625f; --line:#ddd8cd; --bar:#0f6a5c;
              --ok:#0f6a5c; --note:#2b5d8a; --unknown:#6b4a8f; --impaired:#8a5a00; --broken:#a3312a; }
            @media (prefers-color-scheme: dark) { :root { --ground:#12171a; --surface:#1a2124; --ink:#e9eeec; --soft:#a7b2b0; --line:#313b3f;
              --bar:#58c9b2; --ok:#58c9b2; --note:#8cc0ee; --unknown:#c9a8f0; --impaired:#e8b45a; --broken:#ff9c91; } }
            * { box-sizing: border-box; }
            body { margin:0; background:var(--ground); color:var(--ink); font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif; }
            main { max-width:820px; margin:0 auto; padding:24px 16px 64px; }
            h1 { font-size:1.5rem; margin:0 0 4px; overflow-wrap:anywhere; } h2 { font-size:1.15rem; margin:36px 0 10px; } h3 { font-size:1rem; margin:20px 0 6px; }
            p { margin:4px 0; } .soft { color:var(--soft); }
            .verdict, .finding, figure { background:var(--surface); border:1px solid var(--line); border-radius:12px; padding:14px 18px; margin:12px 0; }
            .verdict { border-left:8px solid; font-size:1.1rem; } .verdict.healthy { border-left-color:var(--ok); }
            .verdict.impaired { border-left-color:var(--impaired); } .verdict.broken { border-left-color:var(--broken); } .verdict.unknown { border-left-color:var(--unknown); }
            .finding header { display:flex; gap:12px; align-items:baseline; } .finding h3 { margin:0; }
            .tag { flex:none; min-width:84px; font-weight:700; } .tag.ok { color:var(--ok); } .tag.note { color:var(--note); }
            .tag.impaired { color:var(--impaired); } .tag.broken { color:var(--broken); } .tag.unknown { color:var(--unknown); }
            ul { margin:6px 0; padding-left:20px; } li, .fix { overflow-wrap:anywhere; } .fix { margin-top:8px; padding:8px 12px; border:1px solid var(--line); border-radius:8px; }
            pre { margin:6px 0 0; overflow-x:auto; }
            figcaption { font-weight:600; margin-bottom:8px; } .plot { overflow-x:auto; } .plot:focus-visible { outline:3px solid var(--note); outline-offset:3px; }
            .hint { display:none; font-size:.85rem; } @media (max-width:650px) { .hint { display:block; } } svg { display:block; width:100%; min-width:560px; height:auto; }
            svg text { fill:var(--soft); font-size:12px; } .bar, .dot { fill:var(--bar); } .dot { opacity:.55; } .grid { stroke:var(--line); }
            .low { stroke:var(--note); stroke-dasharray:4 3; } .high { stroke:var(--broken); stroke-dasharray:4 3; }
            """;

    private HtmlReport() {}

    public static String write(Report report) {
        var result = report.result();
        String health = report.verdict().health().code();
        var page = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>")
                .append(text("Doctor: " + result.asked()))
                .append("</title><style>")
                .append(STYLE)
                .append("</style></head><body><main>")
                .append(element("h1", "url", result.asked()))
                .append(element("p", "soft",
                        result.startedAt() + ", " + Quantities.time(result.took()) + ", "
                                + Quantities.count(result.connections(), "connection") + ", "
                                + Quantities.count(result.requests(), "request")))
                .append(element("p", "soft", recognised(report)))
                .append("<p class=\"verdict ")
                .append(health)
                .append("\"><strong>")
                .append(text(health.substring(0, 1).toUpperCase(Locale.ROOT) + health.substring(1)))
                .append(".</strong> ")
                .append(text(report.verdict().description()))
                .append("</p><h2>Findings</h2>");
        report.findings()
                .stream()
                .sorted((one, other) -> other.severity().compareTo(one.severity()))
                .forEach(finding -> finding(page, finding));
        if (result.log().first(AudioTimings.class).isPresent()) {
            page.append("<h2>Audio at the pace of speech</h2>");
        }
        result.log()
                .all(AudioTimings.class)
                .forEach(seen -> figure(page, "Round trips over " + seen.transport() + ", a frame each 32 ms",
                        Plots.roundTrips(seen)));
        page.append("<h2>Timeline</h2>");
        figure(page, "When each probe ran", Plots.timeline(result));
        return page.append("</main></body></html>\n").toString();
    }

    private static String recognised(Report report) {
        return report.platforms().isEmpty() ? "No platform was recognised."
                : "Recognised: " + report.platforms()
                        .stream()
                        .map(known -> known.description())
                        .collect(Collectors.joining(", "));
    }

    private static void finding(StringBuilder page, Finding finding) {
        page.append("<section class=\"finding\"><header>")
                .append(element("span", "tag " + finding.severity().code(), finding.severity().code()))
                .append(element("h3", "title", finding.title()))
                .append("</header>");
        BrowserText.of(finding.cause())
                .filter(console -> finding.isTrouble() && finding.severity() != Severity.NOTE)
                .ifPresent(console -> page.append(element("p", "soft", "In the browser: " + console)));
        if (!finding.meaning().isEmpty()) {
            page.append(element("p", "meaning", finding.meaning()
                    + (finding.confidence() == Confidence.CERTAIN || finding.severity() == Severity.OK ? ""
                            : " (" + finding.confidence().code() + ")")));
        }
        if (!finding.evidence().isEmpty()) {
            page.append("<ul class=\"soft\">");
            finding.evidence().forEach(seen -> page.append("<li>").append(text(seen)).append("</li>"));
            page.append("</ul>");
        }
        finding.remedy().ifPresent(remedy -> remedy(page, remedy));
        page.append("</section>");
    }

    private static void remedy(StringBuilder page, Remedy remedy) {
        page.append("<div class=\"fix\"><strong>Do:</strong> ").append(text(remedy.words()));
        if (!remedy.lines().isEmpty()) {
            page.append("<pre>").append(text(String.join("\n", remedy.lines()))).append("</pre>");
        }
        page.append("</div>");
    }

    private static void figure(StringBuilder page, String caption, String svg) {
        page.append("<figure><figcaption>")
                .append(text(caption))
                .append("</figcaption>")
                .append(element("p", "soft hint",
                        "Wider than the screen: scroll sideways, by finger or with the arrow keys."))
                .append("<div class=\"plot\" tabindex=\"0\" role=\"region\" aria-label=\"")
                .append(text(caption))
                .append("\">")
                .append(svg)
                .append("</div></figure>");
    }
}
