package dev.parley.assistant.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paraphrases of each request, and utterances that look like one and are none. */
class IntentTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            What time is it in Tokyo?                       | {place:Tokyo}
            what time is it                                 | {}
            What's the time?                                | {}
            Could you please tell me the time?              | {}
            Do you know what time it is?                    | {}
            Hello, what time is it?                         | {}
            Um, what is the time in, uh, New York, please?  | {place:New york}
            Tell me the current time in London.             | {place:London}
            What time is it right now in Los Angeles?       | {place:Los angeles}
            what's the local time in Sao Paulo              | {place:Sao paulo}
            Have you got the time?                          | {}
            Hey Parley, what time do you have?              | {}
            In Sydney, what time is it?                     | {place:Sydney}
            How late is it in Paris?                        | {place:Paris}
            What time is it? In Berlin.                     | {place:Berlin}
            Is it night in Honolulu?                        | {place:Honolulu}
            time in europe/paris                            | {place:Europe/paris}
            What's today's date?                            | {}
            What is the date?                               | {}
            What day is it today?                           | {}
            What is the date in New York?                   | {place:New york}
            What's the date to-morrow?                      | {days:1}
            What day is tomorrow?                           | {days:1}
            What day was it yesterday?                      | {days:-1}
            What will the date be in ten days?              | {days:10}
            What day of the week is it?                     | {}
            What year is it?                                | {}
            which month is it                               | {}
            Can you tell me today's date, please?           | {}
            May I ask what time it is?                      | {}
            What day is it in Auckland?                     | {place:Auckland}
            What's the day after tomorrow?                  | {days:2}
            So what time is it in San Francisco these days? | {place:San francisco}
            Time please.                                    | {}
            What would the time be in Seoul?                | {place:Seoul}
            What time do we have right now?                 | {}
            """)
    void asksForTheTime(String said, String arguments) {
        assertThat(DialogueScript.call(said)).isEqualTo("get_time " + arguments);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            What is seventeen times twenty-three?           | 17 * 23
            What's 17 times 23?                             | 17 * 23
            seventeen times twenty three                    | 17 * 23
            How much is 12 plus 30?                         | 12 + 30
            Please calculate 144 divided by 12.             | 144 / 12
            Work out one hundred and five minus six.        | 105 - 6
            What do you get if you multiply six by seven?   | 6 * 7
            Add five and nine.                              | 5 + 9
            Subtract four from twenty.                      | 20 - 4
            Divide a hundred by eight.                      | 100 / 8
            What is fifteen percent of eighty?              | 15 % of 80
            What's 15% of 80?                               | 15 % of 80
            What is the square root of 144?                 | sqrt 144
            two to the power of ten                         | 2 ^ 10
            What is five squared?                           | 5 ^ 2
            17*23                                           | 17 * 23
            (2 + 3) * 4                                     | ( 2 + 3 ) * 4
            What is three point five times two?             | 3.5 * 2
            How much is 1,000 minus 1?                      | 1000 - 1
            What is half of ninety?                         | 90 / 2
            20 is what percent of 80?                       | 20 / 80 * 100
            What is minus five plus three?                  | -5 + 3
            What is the sum of 12 and 13?                   | 12 + 13
            Can you tell me what eight times eight is?      | 8 * 8
            What's two plus two equal to?                   | 2 + 2
            What is ten modulo three?                       | 10 % 3
            What is ten divided by zero?                    | 10 / 0
            Can you add up 5, 6 and 7?                      | 5 + 6 + 7
            Five times five times five.                     | 5 * 5 * 5
            What is too plus three?                         | 2 + 3
            For times ate.                                  | 4 * 8
            won plus to                                     | 1 + 2
            What is to plus to?                             | 2 + 2
            what's for minus won                            | 4 - 1
            What is won minus five?                         | 1 - 5
            What is twenty to times ate?                    | 22 * 8
            sex times nein                                  | 6 * 9
            How much is tree plus tree plus too?            | 3 + 3 + 2
            """)
    void evaluatesSpokenArithmetic(String said, String expression) {
        assertThat(DialogueScript.call(said)).isEqualTo("calculate {expression:" + expression + "}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            How many kilometers are in five miles?          | 5, miles, kilometers
            Convert 5 miles to kilometres.                  | 5, miles, kilometres
            What is 100 degrees Fahrenheit in Celsius?      | 100, degrees fahrenheit, celsius
            What's 20°C in Fahrenheit?                      | 20, degrees c, fahrenheit
            How many ounces are there in a pound?           | 1, pound, ounces
            How much is ten kilos in pounds?                | 10, kilos, pounds
            5 feet 10 inches in centimeters                 | 70, inches, centimeters
            How many feet is two meters?                    | 2, meters, feet
            How far is 10 miles in kilometers?              | 10, miles, kilometers
            How many cups make a gallon?                    | 1, gallon, cups
            Please convert thirty degrees Celsius to Fahrenheit. | 30, degrees celsius, fahrenheit
            How many seconds are in a day?                  | 1, day, seconds
            How many minutes are there in two and a half hours? | 2.5, hours, minutes
            What is sixty miles per hour in kilometers per hour? | 60, miles per hour, kilometers per hour
            10 km to miles                                  | 10, km, miles
            what is half a mile in meters                   | 0.5, mile, meters
            How many meters is a banana?                    | 1, banana, meters
            Convert 3 gigabytes into megabytes              | 3, gigabytes, megabytes
            How many acres in a hectare?                    | 1, hectare, acres
            Two pounds is how many grams?                   | 2, pounds, grams
            What is the equivalent of five kilometers in miles? | 5, kilometers, miles
            Convert five feet in to meters.                 | 5, feet, meters
            How hot is thirty degrees Celsius in Fahrenheit? | 30, degrees celsius, fahrenheit
            """)
    void convertsUnits(String said, String asked) {
        var parts = asked.split(", ", -1);
        assertThat(DialogueScript.call(said))
                .isEqualTo("convert_units {value:%s,from:%s,to:%s}".formatted(parts[0], parts[1], parts[2]));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Set a timer for ten seconds.                    | set_timer {seconds:10}
            set a timer for 10 seconds please               | set_timer {seconds:10}
            Can you set a timer for five minutes?           | set_timer {seconds:300}
            Start a ten-minute timer.                       | set_timer {seconds:600}
            Set a timer. For one hour and thirty minutes.   | set_timer {seconds:5400}
            Set a timer for an hour and a half              | set_timer {seconds:5400}
            Set a timer for half an hour                    | set_timer {seconds:1800}
            timer ten minutes                               | set_timer {seconds:600}
            I need a timer for two and a half minutes.      | set_timer {seconds:150}
            Set a pasta timer for eight minutes.            | set_timer {seconds:480,label:pasta}
            Set a timer for eight minutes for the eggs.     | set_timer {seconds:480,label:eggs}
            Set a timer called tea for three minutes.       | set_timer {seconds:180,label:tea}
            Count down from thirty seconds.                 | set_timer {seconds:30}
            Remind me in ten minutes to check the oven.     | set_timer {seconds:600,label:check the oven}
            Remind me to call mum in one hour.              | set_timer {seconds:3600,label:call mum}
            Wake me up in twenty minutes.                   | set_timer {seconds:1200}
            Let me know when five minutes are up.           | set_timer {seconds:300}
            Tell me when 90 seconds have passed.            | set_timer {seconds:90}
            Put on a timer for a minute.                    | set_timer {seconds:60}
            Set a timer for ate minutes.                    | set_timer {seconds:480}
            set a timer for to minutes                      | set_timer {seconds:120}
            Set a timer for for minutes.                    | set_timer {seconds:240}
            Remind me to call mum in too hours.             | set_timer {seconds:7200,label:call mum}
            Set an alarm for 45 minutes.                    | set_timer {seconds:2700}
            How much time is left on the timer?             | list_timers {}
            What timers are running?                        | list_timers {}
            List my timers.                                 | list_timers {}
            How long is left?                               | list_timers {}
            Do I have any timers?                           | list_timers {}
            How long does my timer have left?               | list_timers {}
            What's left on the timer?                       | list_timers {}
            Set a timer for five minutes and tell me a joke. | set_timer {seconds:300}
            Cancel the timer.                               | cancel_timer {}
            Stop the timer, please.                         | cancel_timer {}
            Cancel all timers.                              | cancel_timer {all:true}
            Cancel the pasta timer.                         | cancel_timer {label:pasta}
            Delete the ten minute timer.                    | cancel_timer {seconds:600}
            Turn off the timer.                             | cancel_timer {}
            """)
    void handlesTimers(String said, String call) {
        assertThat(DialogueScript.call(said)).isEqualTo(call);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Remember that my car is on level three.         | remember {text:my car is on level three}
            Please remember that my car is on level three.  | remember {text:my car is on level three}
            Can you remember that the code is 4 7 1 1?      | remember {text:the code is 4 7 1 1}
            Remember to buy milk.                           | remember {text:to buy milk}
            Make a note that Anna comes at six.             | remember {text:Anna comes at six}
            Take a note: water the plants.                  | remember {text:water the plants}
            Don't forget that the meeting is on Monday.     | remember {text:the meeting is on Monday}
            Hey Ada, remember my keys are in the kitchen.   | remember {text:my keys are in the kitchen}
            Keep in mind that I am allergic to nuts.        | remember {text:I am allergic to nuts}
            Note to self, call the bank.                    | remember {text:call the bank}
            What did I ask you to remember?                 | recall {}
            What did I tell you to remember?                | recall {}
            What do you remember?                           | recall {}
            Read me my notes.                               | recall {}
            What are my notes?                              | recall {}
            Do I have any notes?                            | recall {}
            Can you tell me what I asked you to remember?   | recall {}
            What did I ask you to remember about my car?    | recall {about:my car}
            Where is my car?                                | recall {about:my car}
            Where did I park the car?                       | recall {about:park the car}
            Do you remember where my keys are?              | recall {about:my keys are}
            What was I supposed to remember?                | recall {}
            Forget everything.                              | forget {all:true}
            Forget all of that.                             | forget {all:true}
            Delete all my notes.                            | forget {all:true}
            Forget what I told you about my car.            | forget {about:my car}
            Delete the last note.                           | forget {}
            """)
    void keepsNotes(String said, String call) {
        assertThat(DialogueScript.call(said)).isEqualTo(call);
    }

    @ParameterizedTest
    @ValueSource(strings = {"I had a great time in Tokyo.", "Can you convert 50 euros to dollars?",
            "Sorry, what did you say?", "Can you remember something for me?",
            "How long is a marathon in miles?", "What is the capital of France?", "The times have changed.",
            "Time flies.", "It was the best time of my life.", "What time is the meeting?",
            "What time does the train leave?", "I have no time for this.", "She is twenty three years old.",
            "There were five people in the room.", "I ran for ten minutes.", "The timer was broken.",
            "I waited for two hours in the rain.", "I remember that day.", "Remember when we went to Rome?",
            "I can't remember his name.", "I forgot my keys.", "Do not cancel the timer.",
            "He lives two miles from here.", "It is fifty fifty.", "Two and two.",
            "What day is your birthday?", "Have a nice day.", "What is in a pound cake?",
            "How many people live in China?", "How many legs does a spider have?", "You are number one.",
            "One moment please.", "Please enter your extension followed by the pound key.",
            "The number you have dialed is not in service.",
            "Your call has been forwarded to an automatic voice message system.",
            "Please hold while I try that extension.",
            "All circuits are busy now. Please try your call again later.", "You have three new messages.",
            "Press one to call back.", "The person at extension twelve is on the phone.", "Never mind.",
            "Forget it.", "Stop.", "Yes.", "No.", "Two thousand and one.", "The date was a disaster.",
            "What a day!", "I will be back in five minutes.", "At the tone the time will be exactly.",
            "Thank you for calling.", "Set the table for two.", "My notebook is on the desk.",
            "Divide and conquer.", "Plus, it was cheap.", "He is over the moon.", "A minute ago it was fine.",
            "In London it always rains.", "We won plus we had fun.", "He ate times two burgers for fun.",
            "It is for two.", "Too many times.", "We won the game.", "I ate too much.",
            "For the second time.", "Four to one.", "I love the year nineteen eighty four."})
    void callsNoToolWithoutARequest(String said) {
        assertThat(DialogueScript.call(said)).isEqualTo("-");
    }
}
