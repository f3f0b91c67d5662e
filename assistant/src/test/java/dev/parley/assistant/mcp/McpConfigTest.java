package dev.parley.assistant.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.assistant.ConfigurationException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class McpConfigTest {

    @TempDir
    Path folder;

    @Test
    void readsBothKindsOfServers() throws IOException {
        var file = write(
                """
                        {"mcpServers":{"files":{"command":"npx","args":["-y","server"],"env":{"KEY":"v"}},
                        "web":{"type":"http","url":"https://desk.example/mcp","headers":{"Authorization":"Bearer x"}}}}""");

        assertThat(McpConfig.read(file)).containsExactly(
                new ServerSpec.Stdio("files", List.of("npx", "-y", "server"), Map.of("KEY", "v")),
                new ServerSpec.Http("web", URI.create("https://desk.example/mcp"),
                        Map.of("Authorization", "Bearer x")));
        assertThat(McpConfig.read(file).toString()).doesNotContain("Bearer").doesNotContain("KEY");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                              | needs an object "mcpServers"
            {"mcpServers":{"a b":{"command":"x"}}}          | name is not made of 1 to 20 letters
            {"mcpServers":{"a":{}}}                         | needs either "command" or "url" for the server a
            {"mcpServers":{"a":{"command":"x","url":"y"}}}  | needs either "command" or "url" for the server a
            {"mcpServers":{"a":{"url":"ftp://x"}}}          | needs an address like https://host/mcp
            {"mcpServers":{"a":{"command":"x","args":[1]}}} | needs text in "args" of the server a
            {"mcpServers":{"a":{"command":"x","args":"-y"}}} | needs a list of texts as the "args" of the server a
            {"mcpServers":{"a":{"command":"x","env":["A=1"]}}} | needs an object of texts as the "env" of the server a
            {"mcpServers":{"a":{"url":"http://x","headers":"A: b"}}} | needs an object of texts as the "headers" of the server a
            {"mcpServers":{"a":{"comand":"x"}}}             | has an unknown entry "comand" for the server a
            {"mcpServers":                                  | is not JSON, in line 1
            """)
    void invalidFileIsNamedWithItsMistake(String content, String what) throws IOException {
        var file = write(content);

        assertThatThrownBy(() -> McpConfig.read(file)).isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("mcp-config: " + file + " ")
                .hasMessageContaining(what);
    }

    @Test
    void missingFileIsNamed() {
        assertThatThrownBy(() -> McpConfig.read(folder.resolve("none.json")))
                .hasMessageContaining("none.json cannot be read");
    }

    @Test
    void namesOfToolsAreUniqueAndValid() {
        assertThat(ToolNames.of("desk", "read_file")).isEqualTo("mcp__desk__read_file");
        assertThat(
                List.of(ToolNames.of("desk", "a b"), ToolNames.of("desk", "a/b"), ToolNames.of("desk", "a_b"),
                        ToolNames.of("desk", "x".repeat(100)), ToolNames.of("desk", "x".repeat(101))))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[A-Za-z0-9_-]{1,64}"));
    }

    private Path write(String content) throws IOException {
        return Files.writeString(folder.resolve("mcp.json"), content);
    }
}
