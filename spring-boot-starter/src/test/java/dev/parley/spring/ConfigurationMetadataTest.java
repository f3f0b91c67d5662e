package dev.parley.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The metadata from which editors complete and explain {@code parley.…} properties. */
class ConfigurationMetadataTest {
    private static final String FILE = "/META-INF/spring-configuration-metadata.json";

    private final Map<String, JsonNode> properties = new LinkedHashMap<>();

    @BeforeEach
    void read() throws IOException {
        try (var file = Objects.requireNonNull(ParleyProperties.class.getResourceAsStream(FILE), FILE)) {
            JsonMapper.shared()
                    .readTree(file)
                    .path("properties")
                    .forEach(each -> properties.put(each.path("name").asString(), each));
        }
    }

    @Test
    void describesEveryPropertyInOneSentenceOrTwo() {
        assertThat(properties).isNotEmpty().allSatisfy((name, property) -> {
            assertThat(property.path("description").asString()).as(name).matches("[A-Z].{10,200}\\.");
            assertThat(property.path("type").asString()).as(name).isNotEmpty();
        });
    }

    @Test
    void namesEveryComponent() {
        assertThat(Arrays.stream(ParleyProperties.class.getRecordComponents())
                .map(each -> "parley." + kebab(each.getName()))
                .filter(name -> !name.equals("parley.connection-state-recovery"))).isNotEmpty()
                .allSatisfy(name -> assertThat(properties).containsKey(name));
        assertThat(properties).containsKeys("parley.connection-state-recovery.max-disconnection-duration",
                "parley.connection-state-recovery.skip-middlewares");
    }

    @Test
    void tellsDefaults() {
        assertThat(defaultOf("parley.port").asInt()).isEqualTo(3001);
        assertThat(defaultOf("parley.host").asString()).isEqualTo("0.0.0.0");
        assertThat(defaultOf("parley.enabled").asBoolean()).isTrue();
        assertThat(defaultOf("parley.ping-interval").asString()).isEqualTo("25s");
        assertThat(defaultOf("parley.path").asString()).isEqualTo("/socket.io/");
    }

    private JsonNode defaultOf(String property) {
        return Objects.requireNonNull(properties.get(property), property).path("defaultValue");
    }

    private static String kebab(String component) {
        String name = component.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        return ConfigurationPropertyName.of(name).toString();
    }
}
