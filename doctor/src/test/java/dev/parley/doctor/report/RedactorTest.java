package dev.parley.doctor.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.doctor.session.Target;
import dev.parley.doctor.wire.ServerAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactorTest {
    private static final Redactor REDACTOR = Redactor.of(new Target(new ServerAddress("host", 80, false),
            "/socket.io/", "/", List.of("token=que%21ry"), Map.of("Authorization", "Bearer header-token"),
            Optional.empty(), Optional.of(
                    "{\"token\" : \"auth-token\", \"deep\": {\"x\": [\"list-token\"]}, \"ok\": \"a\", \"pin\": 123456, \"code\": 4711, \"word\": \"s\u00fcss & sour\"}")));

    @ParameterizedTest
    @CsvSource({"bad token header-token!, bad token (hidden)!", "Bearer header-token, (hidden)",
            "no auth-token, no (hidden)", "list-token, (hidden)",
            "que%21ry and que!ry, (hidden) and (hidden)", "a banana, a banana", "pin 123456?, pin (hidden)?",
            "who is header-tok…, who is (hidden)…", "who is Bearer head…, who is (hidden)…",
            "list-token is not que%2… in it, (hidden) is not (hidden)… in it", "a headache…, a headache…",
            "code 4711, code (hidden)", "s%C3%BCss+%26+sour s%C3%BCss%20%26%20sour, (hidden) (hidden)",
            "auth-tok… and list-to… and auth-tok…, (hidden)… and (hidden)… and (hidden)…"})
    void secretsAreHidden(String text, String clean) {
        assertThat(REDACTOR.clean(text)).isEqualTo(clean);
    }
}
