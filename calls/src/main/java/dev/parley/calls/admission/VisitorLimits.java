package dev.parley.calls.admission;

import dev.parley.calls.visitor.Visitor;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * Limits of one user, and of one address, or rather of its network. Zero is no limit. Immutable.
 *
 * @param perUser             conversations at once of a user, with those that wait in line
 * @param perAddress          of an address, of visitors who did not have to show who they are
 * @param perKnownAddress     of an address, of visitors who did
 * @param startsPerMinute     conversations that a user, or an address, starts in a minute; an address of visitors who showed who they are ten times as many
 * @param timePerDay          time of the conversations of a user, or of an address, in a day; likewise
 * @param networks            names the network of an address, from which one client can take addresses at will
 */
public record VisitorLimits(int perUser, int perAddress, int perKnownAddress, int startsPerMinute,
        Duration timePerDay, UnaryOperator<String> networks) {

    /** Users who share an address when they have to show who they are, as in an office. */
    private static final int SHARING = 10;

    /** No limits. */
    public static final VisitorLimits NONE = new VisitorLimits(0, 0, 0, 0, Duration.ZERO,
            UnaryOperator.identity());

    int atAddress(Visitor visitor) {
        return visitor.authenticated() ? perKnownAddress : perAddress;
    }

    int startsAtAddress(Visitor visitor) {
        return visitor.authenticated() ? SHARING * startsPerMinute : startsPerMinute;
    }

    Duration timeAtAddress(Visitor visitor) {
        return visitor.authenticated() ? timePerDay.multipliedBy(SHARING) : timePerDay;
    }
}
