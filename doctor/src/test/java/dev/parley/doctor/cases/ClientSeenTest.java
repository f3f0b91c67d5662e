package dev.parley.doctor.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientSeenTest {
    @ParameterizedTest
    @CsvSource({"healthy, true, polling, true, true", "healthy, true, websocket, false, true",
            "healthy, true, polling, false, false", "impaired, true, polling, false, true",
            "impaired, false, , false, false", "broken, false, , false, true",
            "broken, true, polling, false, false", "unknown, false, , false, true"})
    void experienceMustAgreeWithTheState(String state, boolean connected, String transport, boolean upgraded,
            boolean agrees) {
        var played = CaseFile.read(List.of("case one", "state " + state)).getFirst();

        assertThat(new ClientSeen(connected, transport, upgraded, null).against(played).isEmpty())
                .isEqualTo(agrees);
    }
}
