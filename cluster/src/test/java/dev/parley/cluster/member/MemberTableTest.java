package dev.parley.cluster.member;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.member.MemberTable.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemberTableTest {
    private static final Member B = new Member("B", "bbbbbbbbbbbbbbbb", Optional.empty(), 1, false);
    private static final Member DRAINING_B = new Member("B", "bbbbbbbbbbbbbbbb", Optional.empty(), 1, true);
    private static final Member OTHER_B = new Member("B", "0123456789abcdef", Optional.empty(), 1, false);
    private static final Member C = new Member("C", "cccccccccccccccc",
            Optional.of(new NodeAddress("fd00::5", 7100)), 1, false);

    private final MemberTable table = new MemberTable("A", Duration.ofSeconds(10));

    @Test
    void membersJoinDrainAndLeave() {
        assertThat(on(0, Set.of(), Set.of(), B)).containsExactly(new Change.Joined(B));
        assertThat(on(1, Set.of(), Set.of(), B)).isEmpty();
        assertThat(on(2, Set.of(), Set.of(), DRAINING_B)).containsExactly(new Change.Draining(DRAINING_B));
        assertThat(on(3, Set.of(), Set.of(), DRAINING_B)).isEmpty();
        assertThat(on(4, Set.of("B"), Set.of())).containsExactly(new Change.Left(DRAINING_B, true));
        assertThat(on(5, Set.of("B"), Set.of())).isEmpty();
        assertThat(table.gone()).containsExactly("B");
        assertThat(table.others()).isEmpty();
    }

    @Test
    void aDeadMemberMayComeAgain() {
        on(0, Set.of(), Set.of(), C);
        assertThat(on(1, Set.of(), Set.of("C"))).containsExactly(new Change.Left(C, false));
        assertThat(on(2, Set.of(), Set.of("C"), C)).containsExactly(new Change.Joined(C));
        assertThat(table.gone()).isEmpty();
        assertThat(table.others()).containsEntry("C", C);
    }

    @Test
    void membersSurviveTheLossOfTheStoresData() {
        on(0, Set.of(), Set.of(), B, C);
        assertThat(on(1, Set.of(), Set.of())).isEmpty();
        assertThat(on(5, Set.of(), Set.of(), B)).isEmpty();
        assertThat(on(10, Set.of(), Set.of(), B)).isEmpty();
        assertThat(on(11, Set.of(), Set.of(), B)).containsExactly(new Change.Left(C, false));
    }

    @Test
    void anotherInstanceWithTheSameTagIsAnotherMember() {
        on(0, Set.of(), Set.of(), B);
        assertThat(on(1, Set.of(), Set.of(), OTHER_B)).containsExactly(new Change.Left(B, false),
                new Change.Joined(OTHER_B));
    }

    @Test
    void skipsItselfAndWhatIsNoMember() {
        var view = new MemberStore.View(0, false, Map.of("A", B.text(), "x", "", "y", "zz|1|0|", "z_z",
                B.text(), "q", B.instance() + "|1|0|:::"), Set.of(), Set.of());
        assertThat(table.on(view, Instant.EPOCH)).isEmpty();
    }

    private List<Change> on(long second, Set<String> left, Set<String> dead, Member... alive) {
        var texts = new HashMap<String, String>();
        for (Member member : alive) {
            texts.put(member.tag(), member.text());
        }
        return table.on(new MemberStore.View(0, false, texts, left, dead), Instant.ofEpochSecond(second));
    }
}
