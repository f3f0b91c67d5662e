package dev.parley.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.ListenException;
import dev.parley.server.ServerOptions;
import dev.parley.server.SocketIoServer;
import dev.parley.server.http.HttpOptions;
import dev.parley.server.metrics.ServerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import tools.jackson.databind.json.JsonMapper;

/** Each condition of the auto-configurations, with a real port. */
class ParleyAutoConfigurationIT {
    private static final String[] LOCAL = {"parley.host=127.0.0.1", "parley.port=0", "parley.event-loops=1"};

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ParleyAutoConfiguration.class,
                    ParleyHealthAutoConfiguration.class, ParleyMetricsAutoConfiguration.class))
            .withPropertyValues(LOCAL);

    /** Finds auto-configurations as an application does. */
    private final ApplicationContextRunner scanning = new ApplicationContextRunner()
            .withUserConfiguration(Scanning.class)
            .withPropertyValues(LOCAL);

    @Test
    void listensAndPublishesThePort() {
        runner.withUserConfiguration(Events.class).run(context -> {
            int port = context.getBean(SocketIoServerLifecycle.class).port();
            assertThat(port).isPositive();
            assertThat(context.getEnvironment().getProperty("local.parley.port", Integer.class))
                    .isEqualTo(port);
            assertThat(context.getBean(Events.class).ports).containsExactly(port);
        });
    }

    @Test
    void isOffWhenDisabled() {
        runner.withPropertyValues("parley.enabled=false")
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .run(context -> assertThat(context).hasNotFailed()
                        .doesNotHaveBean(SocketIoServer.class)
                        .doesNotHaveBean(SocketIoServerLifecycle.class)
                        .doesNotHaveBean("parleyHealthIndicator")
                        .doesNotHaveBean(ServerMetrics.class));
    }

    @Test
    void usesTheServerOfTheApplication() {
        var own = SocketIoServer.create(ServerOptions.builder().path("/own").build());
        runner.withBean("own", SocketIoServer.class, () -> own).run(context -> {
            assertThat(context).hasSingleBean(SocketIoServer.class);
            assertThat(context.getBean(SocketIoServer.class)).isSameAs(own);
            assertThat(context.getBean(SocketIoServerLifecycle.class).port()).isPositive();
        });
    }

    @Test
    void callsHandlersInOrderBeforeItListens() {
        runner.withUserConfiguration(Ordered.class).run(context -> {
            assertThat(context.getBean(Ordered.class).calls).containsExactly("first, port null",
                    "second, port null");
        });
    }

    @Test
    void customizersOverrideProperties() {
        runner.withPropertyValues("parley.ping-interval=5s", "parley.trusted-proxies=loopback")
                .withUserConfiguration(Customizers.class)
                .run(context -> {
                    var options = context.getBean(SocketIoServer.class).options();
                    assertThat(options.pingInterval()).isEqualTo(Duration.ofSeconds(7));
                    assertThat(options.nodeTag()).isEqualTo("a");
                    assertThat(context.getBean(Customizers.class).http).hasSize(1);
                });
    }

    @Test
    void usesTheJsonMapperOfTheApplication() {
        var mapper = JsonMapper.builder().build();
        runner.withBean(JsonMapper.class, () -> mapper)
                .run(context -> assertThat(context.getBean(SocketIoServer.class).options().jsonMapper())
                        .containsSame(mapper));
    }

    @Test
    void healthIsUpWithPortAndSessions() {
        runner.run(context -> {
            var health = Objects
                    .requireNonNull(context.getBean("parleyHealthIndicator", HealthIndicator.class).health());
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails()).containsEntry("sessions", 0)
                    .containsEntry("port", context.getBean(SocketIoServerLifecycle.class).port());
        });
    }

    @Test
    void hasNoHealthIndicatorWithoutSpringsHealthClasses() {
        new ApplicationContextRunner().withUserConfiguration(Imported.class)
                .withPropertyValues(LOCAL)
                .withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
                .run(context -> assertThat(context).hasNotFailed()
                        .hasSingleBean(SocketIoServerLifecycle.class)
                        .doesNotHaveBean("parleyHealthIndicator"));
    }

    @Test
    void isFoundBySpringBoot() {
        scanning.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .run(context -> assertThat(context).hasNotFailed()
                        .hasSingleBean(SocketIoServerLifecycle.class)
                        .hasSingleBean(ServerMetrics.class)
                        .hasBean("parleyHealthIndicator"));
    }

    @Test
    void hasNoHealthIndicatorWhenThatIsDisabled() {
        runner.withPropertyValues("management.health.parley.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(HealthIndicator.class));
    }

    @Test
    void bindsMetricsToTheRegistry() {
        runner.withBean(MeterRegistry.class, SimpleMeterRegistry::new).run(context -> {
            assertThat(context).hasSingleBean(ServerMetrics.class);
            assertThat(context.getBean(MeterRegistry.class).find("parley.connections.open").gauges())
                    .isNotEmpty();
        });
    }

    @Test
    void bindsMetricsToTheRegistryThatSpringBootMakes() {
        runner.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
                CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class))
                .run(context -> assertThat(context).hasSingleBean(ServerMetrics.class));
    }

    @Test
    void hasNoMetricsWithoutARegistry() {
        runner.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ServerMetrics.class));
    }

    @Test
    void hasNoMetricsWithoutMicrometer() {
        scanning.withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("parleyServerMetrics"));
    }

    @Test
    void listensWhenBeansAreLazy() {
        runner.withBean(LazyInitializationBeanFactoryPostProcessor.class)
                .withUserConfiguration(Ordered.class)
                .run(context -> {
                    assertThat(context.getEnvironment().getProperty("local.parley.port")).isNotNull();
                    assertThat(context.getBean(Ordered.class).calls).hasSize(2);
                });
    }

    @Test
    void aPortInUseIsNamedWithItsProperty() {
        runner.run(first -> {
            int taken = first.getBean(SocketIoServerLifecycle.class).port();
            runner.withPropertyValues("parley.port=" + taken).run(second -> {
                assertThat(second).hasFailed();
                var failure = Objects.requireNonNull(second.getStartupFailure());
                var analysis = Objects.requireNonNull(new ListenFailureAnalyzer().analyze(failure));
                assertThat(analysis.getCause()).isInstanceOf(ListenException.class);
                assertThat(analysis.getDescription()).contains("Port " + taken + " is already in use");
                assertThat(analysis.getAction()).contains("parley.port");
            });
        });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Scanning {}

    /** Names the configurations without loading them, so that their conditions come first. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({ParleyAutoConfiguration.class, ParleyHealthAutoConfiguration.class})
    static class Imported {}

    @Configuration(proxyBeanMethods = false)
    static class Events {
        final List<Integer> ports = new ArrayList<>();

        @EventListener
        void listening(SocketIoListeningEvent event) {
            ports.add(event.port());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Ordered {
        final List<String> calls = new ArrayList<>();

        @Bean
        @Order(2)
        SocketIoHandlers second(Environment environment) {
            return io -> calls.add("second, port " + environment.getProperty("local.parley.port"));
        }

        @Bean
        @Order(1)
        SocketIoHandlers first(Environment environment) {
            return io -> calls.add("first, port " + environment.getProperty("local.parley.port"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Customizers {
        final List<HttpOptions.Builder> http = new ArrayList<>();

        @Bean
        ServerOptionsCustomizer options() {
            return options -> options.pingInterval(Duration.ofSeconds(7)).nodeTag("a");
        }

        @Bean
        HttpOptionsCustomizer http() {
            return http::add;
        }
    }
}
