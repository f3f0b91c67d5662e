package dev.parley.cluster;

import dev.parley.cluster.core.Peers;
import dev.parley.cluster.member.Member;
import dev.parley.cluster.member.Membership;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The other members of a cluster, by their instance. Safe from any thread. */
final class MemberPeers implements Peers, Membership.Listener {
    private final Membership membership;
    private final Set<Consumer<String>> listeners = ConcurrentHashMap.newKeySet();

    MemberPeers(Membership membership) {
        this.membership = membership;
        membership.addListener(this);
    }

    @Override
    public Set<String> names() {
        var self = membership.self().instance();
        return membership.members()
                .stream()
                .map(Member::instance)
                .filter(instance -> !instance.equals(self))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Runnable onLeft(Consumer<String> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public void left(Member member, boolean inOrder) {
        listeners.forEach(each -> each.accept(member.instance()));
    }
}
