package dev.parley.assistant.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.assistant.appointment.AppointmentTools;
import dev.parley.assistant.dialogue.Dialogue.Reply;
import dev.parley.assistant.persona.Personas;
import dev.parley.assistant.standard.StandardTools;
import dev.parley.assistant.tool.Tool;
import dev.parley.assistant.tool.ToolContext;
import dev.parley.assistant.tool.ToolRunner;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The embedded assistant as the receptionist, with a real calendar, on Monday the 23rd of November 2026 in the morning. */
class ReceptionistTest {

    @TempDir
    Path folder;

    @Test
    void booksFromOneSentenceAndTheName() {
        assertThat(talk("I'd like an appointment on Tuesday at ten.", "My name is Ada Lovelace."))
                .containsExactly("Under which name?",
                        "Booked: Tuesday, November 24, at 10:00 am, for Ada Lovelace. See you then.");
    }

    @Test
    void asksForOneThingAtATime() {
        assertThat(talk("Can I book an appointment, please?", "On Friday.",
                "Half past two in the afternoon, please.", "Grace Hopper"))
                .containsExactly("On which day?",
                        "On Friday, November 27, I have 9:00 am, 9:30 am, "
                                + "1:30 pm and 4:30 pm, among others. What time suits you?",
                        "Under which name?",
                        "Booked: Friday, November 27, at 2:30 pm, for Grace Hopper. See you then.");
    }

    @Test
    void takenTimeLeadsToAnotherTime() {
        talk("I need an appointment on Tuesday at ten for Ada Lovelace.");

        assertThat(talk("I need an appointment on Tuesday at ten.", "Alan Turing", "At half past ten then.")
                .subList(1, 3))
                .containsExactly(
                        "Sorry. That time is taken. Free on Tuesday are 9:00 am, 9:30 am, "
                                + "10:30 am, 11:00 am.",
                        "Booked: Tuesday, November 24, at 10:30 am, for Alan Turing. See you then.");
    }

    @Test
    void listsFindsAndCancels() {
        talk("I'd like an appointment tomorrow at ten for Ada Lovelace.");

        assertThat(talk("What is free tomorrow?").getFirst())
                .startsWith("On Tuesday, November 24, I have 9:00 am")
                .doesNotContain("10:00 am");
        assertThat(talk("When is my appointment?", "Ada Lovelace.")).containsExactly("What is your name?",
                "You have an appointment on Tuesday, November 24, at 10:00 am.");
        assertThat(talk("I want to cancel my appointment.", "It's Ada Lovelace.")).containsExactly(
                "Under which name is it?",
                "Okay. The appointment on Tuesday, November 24, at 10:00 am is cancelled.");
        assertThat(talk("When is my appointment?", "Ada Lovelace.").getLast())
                .isEqualTo("I find no appointment for Ada Lovelace.");
    }

    @Test
    void movesAnAppointment() {
        talk("I'd like an appointment on Tuesday at ten for Ada Lovelace.",
                "Wednesday at nine for Alan Turing");

        assertThat(talk("Can I move my appointment to Thursday at two?", "Ada Lovelace.")).containsExactly(
                "Under which name is it?",
                "Okay. Your appointment is now on Thursday, November 26, at 2:00 pm.");
        assertThat(talk("I need to reschedule.", "Ada Lovelace", "Friday", "At half past ten."))
                .containsExactly("Under which name is it?", "To which day?",
                        "On Friday, November 27, I have 9:00 am, 9:30 am, 1:30 pm and 4:30 pm, among others. What time suits you?",
                        "Okay. Your appointment is now on Friday, November 27, at 10:30 am.");
        assertThat(talk("Please move my appointment from Friday to Tuesday at eleven.", "Ada Lovelace")
                .getLast()).isEqualTo("Okay. Your appointment is now on Tuesday, November 24, at 11:00 am.");
        assertThat(talk("When is my appointment?", "Ada Lovelace.").getLast())
                .isEqualTo("You have an appointment on Tuesday, November 24, at 11:00 am.");
    }

    @Test
    void doesNotAskForANameSheHas() {
        assertThat(talk("My name is Ada Lovelace.", "I'd like an appointment on Tuesday at ten.",
                "When is my appointment?", "Move my appointment to Thursday at ten.",
                "Cancel my appointment.")).containsExactly("Nice to meet you, Ada. I am Maya.",
                        "Booked: Tuesday, November 24, at 10:00 am, for Ada Lovelace. See you then.",
                        "You have an appointment on Tuesday, November 24, at 10:00 am.",
                        "Okay. Your appointment is now on Thursday, November 26, at 10:00 am.",
                        "Okay. The appointment on Thursday, November 26, at 10:00 am is cancelled.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            What are your opening hours? | We are open Monday to Friday, 9:00 am to noon and 1:00 pm to 5:00 pm.
            When are you open? | We are open Monday to Friday, 9:00 am to noon and 1:00 pm to 5:00 pm.
            opening hours | We are open Monday to Friday, 9:00 am to noon and 1:00 pm to 5:00 pm.
            What time do you close today? | On Monday we are open from 9:00 am to noon and 1:00 pm to 5:00 pm.
            Are you open on Friday? | Yes. On Friday we are open from 9:00 am to noon and 1:00 pm to 5:00 pm.
            Are you closed on Wednesday? | No. On Wednesday we are open from 9:00 am to noon and 1:00 pm to 5:00 pm.
            Are you open on Sundays? | We are closed on Sunday. We are open Monday to Friday, 9:00 am to noon and 1:00 pm to 5:00 pm.
            Until what time can I come? | We are open Monday to Friday, 9:00 am to noon and 1:00 pm to 5:00 pm.
            Are you open on Tuesday? | Yes. On Tuesday we are open from 9:00 am to noon and 1:00 pm to 5:00 pm.
            Are you open on Saturday? | We are closed on Saturday. We are open Monday to Friday, 9:00 am to noon and 1:00 pm to 5:00 pm.
            """)
    void knowsHerOpeningHours(String said, String answer) {
        assertThat(talk(said)).containsExactly(answer);
    }

    @Test
    void closedDayLeadsToTheNextOpenOne() {
        assertThat(talk("Do you have anything free on Saturday?", "Monday at nine.", "Ada Lovelace"))
                .containsExactly(
                        "Nothing is free on Saturday, November 28. The next free day is Monday, November 30, "
                                + "2026. Which day suits you?",
                        "Under which name?",
                        "Booked: Monday, November 30, at 9:00 am, for Ada Lovelace. See you then.");
    }

    @Test
    void answersOtherQuestionsInBetweenAndAcceptsCancelling() {
        assertThat(talk("I'd like an appointment on Tuesday at ten.", "What time is it?").getLast())
                .isEqualTo("It is 7:05 am.");
        assertThat(talk("I'd like an appointment on Tuesday at ten.", "Never mind."))
                .containsExactly("Under which name?", "Okay. What else can I do for you?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"I'd like to book an appointment for Tuesday at ten o'clock.",
            "Can I come in for a check-up on Tuesday at 10 a.m.?",
            "I would like to see the dentist on Tuesday at ten.", "An appointment on Tuesday at ten, please.",
            "Please book me in on Tuesday at ten.",
            "Hi, I need an appointment Tuesday at ten in the morning."})
    void understandsOtherWordings(String said) {
        assertThat(talk(said, "Ada Lovelace").getLast())
                .isEqualTo("Booked: Tuesday, November 24, at 10:00 am, for Ada Lovelace. See you then.");
    }

    @ParameterizedTest
    @CsvSource({
            "What can you do?,'I can make, move, find and cancel appointments and tell the time and date anywhere.'",
            "Who are you?,I am Maya"})
    void knowsWhoItIs(String said, String answer) {
        assertThat(talk(said).getFirst()).contains(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"My gum is bleeding and it does not stop.", "I have terrible pain.",
            "My face is swollen.", "Help, this is an emergency!", "My son broke his front tooth."})
    void emergencyIsReferredAndOfferedATimeToday(String said) {
        assertThat(talk(said, "Nine thirty.", "Ada Lovelace")).containsExactly(
                "If you cannot breathe well or it does not stop bleeding, call the emergency service now. "
                        + "Otherwise come in today: the next free time is 9:00 am. What time suits you?",
                "Under which name?",
                "Booked: Monday, November 23, at 9:30 am, for Ada Lovelace. See you then.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Can you move it to Monday at ten? | Okay. Your appointment is now on Monday, November 30, at 10:00 am.
            Actually, make it eleven. | Okay. Your appointment is now on Tuesday, November 24, at 11:00 am.
            Postpone it to Friday at nine. | Okay. Your appointment is now on Friday, November 27, at 9:00 am.
            Cancel it, please. | Okay. The appointment on Tuesday, November 24, at 10:00 am is cancelled.
            Do I have any appointments? | You have an appointment on Tuesday, November 24, at 10:00 am.
            I can't make it on Tuesday. | To which day?
            """)
    void appointmentThatWasJustMadeNeedsNoName(String said, String answer) {
        assertThat(talk("I need an appointment on Tuesday at ten for Ada Lovelace.", said).getLast())
                .isEqualTo(answer);
        assertThat(talk("When is my appointment?").getFirst()).isEqualTo("What is your name?");
    }

    @Test
    void correctionMeansTheAppointmentThatWasFoundLast() {
        talk("I need an appointment on Friday at nine for Ada Lovelace.");

        assertThat(talk("I need an appointment on Tuesday at ten for Ada Lovelace.",
                "Cancel my appointment on Tuesday.", "When is my appointment?", "Make it eleven.").getLast())
                .isEqualTo("Okay. Your appointment is now on Friday, November 27, at 11:00 am.");
    }

    @Test
    void correctionAfterCancellingAsksForTheDay() {
        talk("I need an appointment on Friday at nine for Ada Lovelace.");

        assertThat(talk("I need an appointment on Tuesday at ten for Ada Lovelace.",
                "Cancel my appointment on Tuesday.", "Make it eleven.").getLast()).isEqualTo("To which day?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            My name is Grace Hopper. / Make it eleven.
            I need to move my 11 o'clock appointment.
            When is the appointment for Grace Hopper? / Move my appointment to eleven.
            """)
    void dayOfAnotherAppointmentIsNotTaken(String said) {
        talk("I need an appointment on Friday at nine for Grace Hopper.");

        var all = ("I need an appointment on Tuesday at eleven for Ada Lovelace. / " + said).split(" / ", -1);
        assertThat(talk(all).getLast()).isEqualTo("To which day?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Make it quick.", "Can it be true?"})
    void ordinarySentenceMovesNoAppointment(String said) {
        assertThat(talk("I need an appointment on Tuesday at ten for Ada Lovelace.", said).getLast())
                .doesNotContain("day?");
    }

    @Test
    void timeThatDoesNotSuitKeepsTheBooking() {
        assertThat(talk("I'd like an appointment on Tuesday.", "I can't make it in the morning.", "At two.",
                "Ada Lovelace").subList(1, 4)).containsExactly(
                        "On Tuesday, November 24, I have 1:00 pm, 1:30 pm, 3:00 pm and 4:30 pm, among others. What time suits you?",
                        "Under which name?",
                        "Booked: Tuesday, November 24, at 2:00 pm, for Ada Lovelace. See you then.");
        assertThat(talk("I'd like an appointment on Tuesday.", "I can't make it on Tuesday.",
                "Friday at nine.", "Alan Turing").subList(1, 4)).containsExactly("On which day?",
                        "Under which name?",
                        "Booked: Friday, November 27, at 9:00 am, for Alan Turing. See you then.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Slower, please.", "Pardon?"})
    void repeatedQuestionCanBeAnswered(String said) {
        assertThat(talk("Can I book an appointment, please?", said, "On Friday.")).containsExactly(
                "On which day?", "On which day?",
                "On Friday, November 27, I have 9:00 am, 9:30 am, 1:30 pm and 4:30 pm, among others. What time suits you?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Good morning, I'd like an appointment on Tuesday. | 9:00 am, 9:30 am, 1:30 pm and 4:30 pm, among others.
            Good morning, do you have anything free on Tuesday afternoon? | 1:00 pm, 1:30 pm, 3:00 pm and 4:30 pm, among others.
            I'd like an appointment on Tuesday, but not in the morning. | 1:00 pm, 1:30 pm, 3:00 pm and 4:30 pm, among others.
            This morning my jaw began to hurt. I need an appointment on Tuesday. | 9:00 am, 9:30 am, 1:30 pm and 4:30 pm, among others.
            What is the first time you have on Tuesday? | 9:00 am, 9:30 am, 1:30 pm and 4:30 pm, among others.
            I need to come in on Tuesday. | 9:00 am, 9:30 am, 1:30 pm and 4:30 pm, among others.
            """)
    void offersTheTimesThatWereAskedFor(String said, String times) {
        assertThat(talk(said).getFirst())
                .isEqualTo("On Tuesday, November 24, I have " + times + " What time suits you?");
    }

    @Test
    void requestToRepeatIsNoName() {
        assertThat(talk("I'd like an appointment on Tuesday at ten.", "Repeat that.", "Ada Lovelace."))
                .containsExactly("Under which name?", "Under which name?",
                        "Booked: Tuesday, November 24, at 10:00 am, for Ada Lovelace. See you then.");
        assertThat(talk("I need to cancel because I can't make it.", "Ada Lovelace.").getLast())
                .isEqualTo("Okay. The appointment on Tuesday, November 24, at 10:00 am is cancelled.");
    }

    @Test
    void appointmentThatWasFoundCanBeCancelled() {
        assertThat(talk("I need an appointment on Tuesday at ten for Ada Lovelace.",
                "When is my appointment?", "Cancel it.").getLast())
                .isEqualTo("Okay. The appointment on Tuesday, November 24, at 10:00 am is cancelled.");
    }

    @Test
    void partOfTheDayLimitsTheOffer() {
        assertThat(talk("My tooth hurts.", "Next Monday.", "In the morning.", "Nine thirty.",
                "It's for Mary Jones."))
                .containsExactly("On which day?",
                        "On Monday, November 30, I have 9:00 am, 9:30 am, "
                                + "1:30 pm and 4:30 pm, among others. What time suits you?",
                        "On Monday, November 30, I have 9:00 am, 9:30 am, "
                                + "10:30 am and 11:30 am, among others. What time suits you?",
                        "Under which name?",
                        "Booked: Monday, November 30, at 9:30 am, for Mary Jones. See you then.");
        assertThat(talk("Do you have anything free tomorrow afternoon?").getFirst())
                .startsWith("On Tuesday, November 24, I have 1:00 pm");
    }

    @Test
    void pastAndUnknownDaysAndNightsAreRefused() {
        assertThat(talk("I'd like an appointment yesterday.").getFirst())
                .startsWith("Nothing is free on Sunday, November 22. The next free day is Monday");
        assertThat(
                talk("I'd like an appointment on the 31st of February at ten for Ada Lovelace.").getFirst())
                .startsWith("Sorry. I do not find that day in the calendar.");
        assertThat(talk("I'd like an appointment tomorrow at midnight for Ada Lovelace.").getFirst())
                .startsWith("Sorry. There is no appointment at that time. Free on Tuesday are");
    }

    @Test
    void emergencyWithoutCalendarIsReferredToo() {
        var dialogue = new Dialogue(StandardTools.all().stream().map(Tool::spec).toList());

        assertThat(dialogue.user("I am bleeding.")).isEqualTo(new Reply.Say(
                "I cannot help with that here. If it may be an emergency, call the emergency service now."));
    }

    @Test
    void appointmentWithoutCalendarIsRefused() {
        var dialogue = new Dialogue(StandardTools.all().stream().map(Tool::spec).toList());

        assertThat(dialogue.user("I'd like an appointment on Tuesday at ten."))
                .isEqualTo(new Reply.Say("I cannot make appointments here."));
    }

    private List<String> talk(String... said) {
        var maya = Personas.load(Optional.empty(), "dental-receptionist").getFirst();
        var all = new java.util.ArrayList<>(StandardTools.all());
        all.addAll(AppointmentTools.in(folder.resolve("calendar.json")));
        var tools = all.stream()
                .filter(tool -> maya.tools().orElseThrow().contains(tool.spec().name()))
                .toList();
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-23T06:05:00Z"));
        var context = new ToolContext(clock, ZoneId.of("Europe/Paris"));
        var dialogue = new Dialogue(tools.stream().map(Tool::spec).toList());
        dialogue.systemPrompt(maya.prompt());
        return List.of(said).stream().map(words -> {
            var reply = dialogue.user(words);
            if (reply instanceof Reply.Call call) {
                reply = dialogue.toolResult(call.toolUseId(),
                        ToolRunner.run(tools, call.tool(), call.argumentsJson(), context));
            }
            return reply instanceof Reply.Say say ? say.text() : "(another call)";
        }).toList();
    }
}
