package dev.parley.nova;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each question is answered exactly once, whatever happens to a stream at whatever moment of a turn. */
class AnsweredOnceTest {

    private static final int QUESTIONS = 3;
    /** The question during which it happens. */
    private static final int HIT = 2;
    /** Questions of which the first words come soon, in time, and late: a service may take any of these pauses for the end of a turn. */
    private static final List<Duration> PAUSES = List.of(Duration.ofMillis(270), Duration.ofMillis(450),
            Duration.ofMillis(1_700));

    enum Moment {
        BEFORE_SPEECH,
        IN_SPEECH,
        AFTER_SPEECH,
        AFTER_TEXT,
        IN_TOOL,
        AFTER_TOOL,
        BEFORE_FIRST_WORD,
        IN_ANSWER,
        AFTER_AUDIO,
        AFTER_ANSWER;

        boolean usesTool() {
            return this == IN_TOOL || this == AFTER_TOOL;
        }

        boolean reached(Simulation run) {
            return switch (this) {
                case BEFORE_SPEECH -> run.isAfter(Simulation.asked(HIT).minusMillis(700));
                case IN_SPEECH -> run.isAfter(Simulation.asked(HIT).plusMillis(400));
                case AFTER_SPEECH -> run.isAfter(Simulation.spoken(HIT).plusMillis(120));
                case AFTER_TEXT -> run.userTexts().size() == HIT;
                case IN_TOOL -> run.count(ModelEvent.ToolCall.class) == 1;
                case AFTER_TOOL -> run.toolResults == 1;
                case BEFORE_FIRST_WORD -> announced(run) == HIT;
                case IN_ANSWER ->
                    announced(run) == HIT && run.sound().compareTo(length(1).plusMillis(1_700)) > 0;
                case AFTER_AUDIO -> run.count(ModelEvent.AudioEnd.class) == HIT;
                case AFTER_ANSWER -> run.said().endsWith(ImaginaryService.answer(HIT));
            };
        }
    }

    enum Kind {
        EXCEPTION,
        THROTTLING,
        MODEL_TIMEOUT,
        CUT,
        STALL,
        /** The stream reaches the age at which it is left, whatever is going on. */
        AGE;

        void happen(Simulation run) {
            switch (this) {
                case EXCEPTION -> run.fail(StreamFailure.of("modelStreamErrorException", ""));
                case THROTTLING -> run.fail(StreamFailure.of("throttlingException", ""));
                case MODEL_TIMEOUT -> run.fail(StreamFailure.of("modelTimeoutException", ""));
                case CUT -> run.fail(StreamFailure.lost());
                case STALL -> run.stall();
                case AGE -> {} // the options bring it about
            }
        }
    }

    static Stream<Arguments> all() {
        return Stream.of(Moment.values())
                .flatMap(moment -> Stream.of(Kind.values())
                        .flatMap(kind -> PAUSES.stream().map(pause -> Arguments.of(moment, kind, pause))));
    }

    @ParameterizedTest(name = "{1} {0}, text {2} after the words")
    @MethodSource("all")
    void eachQuestionIsAnsweredOnce(Moment moment, Kind kind, Duration pause) {
        Set<Integer> withTool = moment.usesTool() ? Set.of(HIT) : Set.of();
        ChainOptions options = kind == Kind.AGE ? aged(moment, pause, withTool) : ChainOptions.defaults();
        var run = run(pause, withTool, options, moment, kind);
        assertOnce(run);
        assertThat(run.count(ModelEvent.QuestionLost.class)).as("%s", run.summary()).isZero();
    }

    private static Simulation run(Duration pause, Set<Integer> withTool, ChainOptions options, Moment moment,
            Kind kind) {
        var run = new Simulation(QUESTIONS, pause, Duration.ofMillis(600), withTool, options);
        boolean happened = false;
        while (run.now.isBefore(run.end())) {
            run.step();
            if (!happened && moment.reached(run)) {
                happened = true;
                kind.happen(run);
            }
        }
        assertThat(happened).as("the moment is reached").isTrue();
        return run;
    }

    /** Options with which the first stream is left at this moment, which a run without any fault tells. */
    private static ChainOptions aged(Moment moment, Duration pause, Set<Integer> withTool) {
        var plain = new Simulation(QUESTIONS, pause, Duration.ofMillis(600), withTool,
                ChainOptions.defaults());
        while (!moment.reached(plain)) {
            plain.step();
        }
        Duration age = Duration.between(Simulation.START, plain.now);
        ChainOptions normal = ChainOptions.defaults();
        return new ChainOptions(age, age, age, normal.credentialMargin(), normal.quiet(), normal.carryOver(),
                normal.outage(), normal.moveWait(), normal.restarts(), normal.backOff(),
                normal.historyMessages(), normal.historyBytes());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 2_000, 6_000, 15_000})
    void slowToolIsNotUsedTwice(int millis) {
        var run = new Simulation(QUESTIONS, Duration.ofMillis(450), Duration.ofMillis(millis), Set.of(HIT),
                ChainOptions.defaults());
        boolean happened = false;
        while (run.now.isBefore(run.end())) {
            run.step();
            if (!happened && run.count(ModelEvent.ToolCall.class) == 1) {
                happened = true;
                run.fail(StreamFailure.lost());
            }
        }
        assertThat(run.count(ModelEvent.ToolCall.class)).isOne();
        assertThat(run.userTexts()).containsExactlyElementsOf(texts());
        for (int question = 1; question <= QUESTIONS; question++) {
            assertThat(run.said()).as("%s", run.summary())
                    .containsOnlyOnce(ImaginaryService.answer(question));
        }
    }

    static IntStream seeds() {
        return IntStream.rangeClosed(1, 60);
    }

    /** Faults at random instants, also soon after one another. What is not answered must be said to be lost. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nothingIsLostSilentlyOrSaidTwice(int seed) {
        var random = new SplittableRandom(seed);
        var run = new Simulation(6, PAUSES.get(random.nextInt(3)),
                Duration.ofMillis(random.nextInt(200, 5_000)), Set.of(2, 5), ChainOptions.defaults());
        Instant next = run.now.plusMillis(random.nextInt(14_000));
        var faults = new ArrayList<String>();
        while (run.now.isBefore(run.end())) {
            run.step();
            if (run.now.isAfter(next)) {
                next = run.now.plusMillis(random.nextInt(14_000));
                Kind kind = Kind.values()[random.nextInt(5)];
                faults.add(run.now + " " + kind);
                kind.happen(run);
            }
        }
        boolean said = run.told.stream()
                .anyMatch(event -> event instanceof ModelEvent.QuestionLost
                        || event instanceof ModelEvent.Failed || event instanceof ModelEvent.Interrupted);
        for (int question = 1; question <= 6; question++) {
            String text = ImaginaryService.text(question);
            String answer = ImaginaryService.answer(question);
            int asked = run.userTexts().stream().filter(text::equals).toList().size();
            int answered = Pattern.compile(answer, Pattern.LITERAL)
                    .matcher(run.said())
                    .results()
                    .toList()
                    .size();
            assertThat(asked).as("%s heard; %s; %s", text, faults, run.summary()).isLessThanOrEqualTo(1);
            assertThat(answered).as("%s answered; %s; %s", text, faults, run.summary())
                    .isLessThanOrEqualTo(1);
            if (!said) {
                assertThat(asked).as("%s heard; %s; %s", text, faults, run.summary()).isOne();
                assertThat(answered).as("%s answered; %s; %s", text, faults, run.summary()).isOne();
            }
        }
        assertThat(run.count(ModelEvent.ToolCall.class)).as("%s; %s", faults, run.summary())
                .isLessThanOrEqualTo(2);
    }

    private static void assertOnce(Simulation run) {
        assertThat(run.userTexts()).as("%s", run.summary()).containsExactlyElementsOf(texts());
        assertThat(run.said()).as("%s", run.summary())
                .isEqualTo(String.join(" ",
                        IntStream.rangeClosed(1, QUESTIONS).mapToObj(ImaginaryService::answer).toList()));
        assertThat(run.count(ModelEvent.ToolCall.class)).isLessThanOrEqualTo(1);
        assertThat(run.count(ModelEvent.Failed.class)).isZero();
        Duration whole = length(1).multipliedBy(QUESTIONS);
        assertThat(run.sound()).as("%s", run.summary())
                .isBetween(whole.minus(ImaginaryService.WORD),
                        whole.plus(ImaginaryService.WORD.multipliedBy(2)));
    }

    private static List<String> texts() {
        return IntStream.rangeClosed(1, QUESTIONS).mapToObj(ImaginaryService::text).toList();
    }

    private static Duration length(int answers) {
        return ImaginaryService.WORD.multipliedBy((long) answers * ImaginaryService.WORDS);
    }

    private static int announced(Simulation run) {
        return (int) run.told.stream()
                .filter(event -> event instanceof ModelEvent.AssistantText text
                        && text.stage() == Stage.SPECULATIVE)
                .count();
    }
}
