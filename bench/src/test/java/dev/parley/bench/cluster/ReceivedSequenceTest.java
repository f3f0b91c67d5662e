package dev.parley.bench.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bench.cluster.ReceivedSequence.Range;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceivedSequenceTest {

    private final ReceivedSequence sequence = new ReceivedSequence();

    @Test
    void numbersInOrderAreComplete() {
        add(1, 2, 3);
        assertThat(sequence.missing(3)).isEmpty();
        assertThat(sequence.doubled() + sequence.disordered()).isZero();
    }

    @Test
    void gapsAndTheEndAreMissing() {
        add(2, 5, 6);
        assertThat(sequence.missing(8)).containsExactly(new Range(1, 1), new Range(3, 4), new Range(7, 8));
        assertThat(sequence.doubled() + sequence.disordered()).isZero();
    }

    @Test
    void aLateNumberIsOutOfOrderAndNotMissing() {
        add(1, 5, 3);
        assertThat(sequence.disordered()).isEqualTo(1);
        assertThat(sequence.doubled()).isZero();
        assertThat(sequence.missing(5)).containsExactly(new Range(2, 2), new Range(4, 4));
    }

    @Test
    void aNumberThatCameBeforeIsDoubled() {
        add(1, 2, 2, 4, 1, 3, 3);
        assertThat(sequence.doubled()).isEqualTo(3);
        assertThat(sequence.disordered()).isEqualTo(1);
        assertThat(sequence.missing(4)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyOrderOfSomeNumbersIsAccountedFor(long seed) {
        var random = new Random(seed);
        var numbers = new ArrayList<>(
                IntStream.rangeClosed(1, 60).filter(n -> random.nextInt(3) > 0).boxed().toList());
        var distinct = new TreeSet<>(numbers);
        numbers.addAll(numbers.subList(0, 10));
        Collections.shuffle(numbers, random);
        numbers.forEach(sequence::add);
        assertThat(sequence.doubled()).isEqualTo(10);
        assertThat(sequence.missing(60).stream().mapToInt(Range::size).sum()).isEqualTo(60 - distinct.size());
    }

    private void add(int... numbers) {
        IntStream.of(numbers).forEach(sequence::add);
    }
}
