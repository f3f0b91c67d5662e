package dev.parley.app.metrics;

import dev.parley.settings.Settings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import java.net.URI;
import java.util.function.IntSupplier;

/** All metrics of a server: collected for Prometheus, and sent by OTLP if that is configured. Thread-safe. */
public final class Metrics implements AutoCloseable {

    private final CompositeMeterRegistry all = new CompositeMeterRegistry();
    private final PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collector = new JvmGcMetrics();

    public Metrics(Settings.Monitoring settings) {
        all.add(prometheus);
        settings.otlpUrl().ifPresent(url -> all.add(otlp(url, settings)));
        new JvmMemoryMetrics().bindTo(all);
        new JvmThreadMetrics().bindTo(all);
        new ProcessorMetrics().bindTo(all);
        new UptimeMetrics().bindTo(all);
        collector.bindTo(all);
    }

    private static MeterRegistry otlp(URI url, Settings.Monitoring settings) {
        return OtlpMeterRegistry.builder(key -> switch (key) {
            case "otlp.url" -> url.toString();
            case "otlp.step" -> settings.otlpInterval().toString();
            default -> null;
        }).build();
    }

    /** The registry for all metrics. */
    public MeterRegistry registry() {
        return all;
    }

    /** Registers a gauge, whose value is read at each scrape. */
    public void gauge(String name, String what, IntSupplier value) {
        Gauge.builder(name, () -> value.getAsInt()).description(what).register(all);
    }

    /** Returns all metrics in Prometheus's text format 0.0.4. */
    public String scrape() {
        return prometheus.scrape();
    }

    /** Sends the remaining metrics by OTLP, and closes the registry. */
    @Override
    public void close() {
        collector.close();
        all.close();
    }
}
