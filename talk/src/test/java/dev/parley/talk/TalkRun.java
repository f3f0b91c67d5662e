package dev.parley.talk;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** One run of the command {@code talk}: its exit code and its output. */
record TalkRun(int code, String out, String err) {

    static TalkRun talk(Object... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var command = new CommandLine(new TalkCommand(false)).setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = arguments[i].toString();
        }
        return new TalkRun(command.execute(texts), out.toString(), err.toString());
    }
}
