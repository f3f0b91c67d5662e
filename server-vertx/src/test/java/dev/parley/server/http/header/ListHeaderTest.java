package dev.parley.server.http.header;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListHeaderTest {
    private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();

    @Test
    void severalLinesAreOneList() {
        headers.add("Connection", "keep-alive").add("connection", "Upgrade");
        assertThat(ListHeader.joined(headers, "Connection")).isEqualTo("keep-alive, Upgrade");
        assertThat(ListHeader.elements(headers, "Connection")).containsExactly("keep-alive", "Upgrade");
        assertThat(ListHeader.has(headers, "Connection", "upgrade")).isTrue();
    }

    @Test
    void aTokenIsNotAPartOfAnother() {
        headers.add("Connection", "no-upgrade, upgrade2");
        assertThat(ListHeader.has(headers, "Connection", "upgrade")).isFalse();
        assertThat(ListHeader.has(headers, "Upgrade", "websocket")).isFalse();
        assertThat(ListHeader.joined(headers, "Upgrade")).isNull();
    }

    @Test
    void emptyElementsAreIgnored() {
        assertThat(ListHeader.elements(" ,a\t,, b ,")).containsExactly("a", "b");
    }

    @Test
    void separatorsInQuotesSeparateNothing() {
        assertThat(ListHeader.elements("a=\"1,\\\",2\", b")).containsExactly("a=\"1,\\\",2\"", "b");
        assertThat(ListHeader.parameters("a; b=\"x;y\";c")).containsExactly("a", "b=\"x;y\"", "c");
    }

    @Test
    void anOpenQuoteEndsWithItsLine() {
        headers.add("Forwarded", "for=\"").add("Forwarded", "for=192.0.2.1");
        assertThat(ListHeader.elements(headers, "Forwarded")).containsExactly("for=\"", "for=192.0.2.1");
        assertThat(ListHeader.elements("a=\"\\")).containsExactly("a=\"\\");
    }

    @Test
    void elementsAboveTheLimitAreIgnored() {
        assertThat(ListHeader.elements("a,".repeat(10_000))).hasSize(256);
        assertThat(ListHeader.elements("")).isEqualTo(List.of());
    }
}
