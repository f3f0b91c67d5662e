package dev.parley.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisURI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {
    private static RedisAddress parse(String url) {
        return RedisAddress.parse(url, "parley-1", Duration.ofSeconds(7));
    }

    @Test
    void nodesOfAClusterShareUserPasswordAndTls() {
        var address = parse("rediss-cluster://ann:s%40crt@10.0.0.1:7000,redis.internal,[::1]:7002/");
        assertThat(address.clustered()).isTrue();
        assertThat(address.uris()).extracting(RedisURI::getHost)
                .containsExactly("10.0.0.1", "redis.internal", "[::1]");
        assertThat(address.uris()).extracting(RedisURI::getPort).containsExactly(7000, 6379, 7002);
        assertThat(address.uris()).allSatisfy(uri -> {
            assertThat(uri.isSsl()).isTrue();
            assertThat(uri.getTimeout()).isEqualTo(Duration.ofSeconds(7));
            assertThat(uri.getClientName()).isEqualTo("parley-1");
            var login = uri.getCredentialsProvider().resolveCredentials().block();
            assertThat(login.getUsername()).isEqualTo("ann");
            assertThat(new String(login.getPassword())).isEqualTo("s@crt");
        });
        assertThat(address.text()).isEqualTo("10.0.0.1:7000");
    }

    @Test
    void clusterNeedsNoLogin() {
        var address = parse("redis-cluster://127.0.0.1:7000");
        assertThat(address.clustered()).isTrue();
        assertThat(address.uris()).singleElement().satisfies(uri -> assertThat(uri.isSsl()).isFalse());
    }

    @Test
    void oneRedisAndSentinelsAreNoCluster() {
        assertThat(parse("redis://127.0.0.1:6379").clustered()).isFalse();
        var sentinels = parse("redis-sentinel://10.0.0.1:26379,10.0.0.2:26379/0#main");
        assertThat(sentinels.clustered()).isFalse();
        assertThat(sentinels.text()).isEqualTo("the sentinels");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http://ann:hunter2@x", "redis-cluster://", "redis-cluster://ann:hunter2@",
            "redis-cluster://ann:hunter2@x:y", "redis-cluster://ann:hunter2@a,,b"})
    void urlOfNothingIsRefusedWithoutItsPassword(String url) {
        assertThatThrownBy(() -> parse(url)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("redis-cluster://")
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
    }
}
