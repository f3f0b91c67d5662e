import { awaitHeadphones } from "./audio/headphones.js";
import { Recorder } from "./audio/recorder.js";
import { installHook } from "./hook.js";
import { loadChoices } from "./net/choices.js";
import { Conversation } from "./talk/conversation.js";
import { CONDITIONS } from "./talk/hearing.js";
import { isLive } from "./talk/phase.js";
import { Announcer } from "./ui/announcer.js";
import { CheckupView } from "./ui/checkup-view.js";
import { composer } from "./ui/composer.js";
import { element } from "./ui/element.js";
import { LevelsView } from "./ui/levels-view.js";
import { NoticeView } from "./ui/notice-view.js";
import { PersonaPicker } from "./ui/persona-picker.js";
import { preferences } from "./ui/preferences.js";
import { ServersView } from "./ui/servers-view.js";
import { SettingsView } from "./ui/settings-view.js";
import { StageView } from "./ui/stage-view.js";
import { saveTranscript } from "./ui/transcript-file.js";
import { TranscriptView } from "./ui/transcript-view.js";
import { TransportView } from "./ui/transport-view.js";

const announcer = new Announcer();
const notice = new NoticeView();
const levels = new LevelsView();
const transcript = new TranscriptView();
const transport = new TransportView();
const recorder = new Recorder();
const download = element("download");
let forgetHeadphones = () => {};

const conversation = new Conversation(
  {
    onChange: show,
    onLevels: (microphone, speaker) => levels.show(microphone, speaker),
    onNotice: tell,
    onSelfHeard: listenInTurns,
    onVoice: (voiceId) => tell(`In the next conversation you hear ${settings.nameOf(voiceId)}.`, "info"),
  },
  recorder,
);

const stage = new StageView({
  onTalk: talk,
  onMute: () => {
    conversation.voice.mute(!conversation.voice.muted);
    announcer.say(conversation.voice.muted ? "Microphone muted" : "Microphone on");
  },
  onEnd: () => conversation.stop(),
  onMend: () => conversation.hearing.mend(),
});

const settings = new SettingsView({
  onVoice: (voiceId) => conversation.useVoice(voiceId),
  onHalfDuplex: (on) => conversation.voice.useHalfDuplex(on),
  onPrompt: () => personas.promptChanged(),
});

const personas = new PersonaPicker({ onDiscard: () => settings.discardPrompt() });
new ServersView();
new CheckupView();

/** The assistant heard itself through the loudspeaker: until the end of this conversation, it does not listen while it speaks. */
function listenInTurns() {
  listenWhileSpeaking(false);
  tell("Parley hears itself through the loudspeaker, so it no longer listens while it speaks. With headphones you can interrupt it: change it in the settings.", "warning");
  forgetHeadphones = awaitHeadphones(() => {
    listenWhileSpeaking(true);
    tell("With headphones you can interrupt Parley again.", "info");
  });
}

function listenWhileSpeaking(on) {
  forgetHeadphones();
  settings.halfDuplex = !on;
  conversation.voice.useHalfDuplex(!on);
}

function talk() {
  if (conversation.phase === "idle") return start(true);
  if (isLive(conversation.phase) && !conversation.voice.hasMicrophone) return conversation.addMicrophone();
  return stop();
}

function start(microphone) {
  listenWhileSpeaking(!preferences().halfDuplex);
  const { personaId: persona, speaker } = personas;
  return conversation.start({ microphone, persona, speaker, voiceId: settings.voiceId, prompt: preferences().prompt.trim() });
}

async function stop() {
  await conversation.stop();
  announcer.say("Stopped");
}

function show() {
  announcer.phaseIs(conversation.phase, stage.show(conversation));
  announcer.conditionIs(CONDITIONS[conversation.hearing.condition], isLive(conversation.phase));
  transport.show(conversation);
  transcript.show(conversation.transcript);
  download.disabled = conversation.transcript.turns.length === 0;
}

function tell(text, kind) {
  notice.show(text, kind);
  if (text) announcer.say(text);
}

composer((text) => {
  if (conversation.phase === "idle") start(false);
  conversation.type(text);
});
download.addEventListener("click", () => saveTranscript(conversation.transcript));
addEventListener("pagehide", () => conversation.abort());
conversation.voice.useHalfDuplex(preferences().halfDuplex);
settings.loadVoices();
const choosing = loadChoices();
personas.load().then(() => choosing).then((choices) => choices.has("persona") || personas.forbid());
choosing.then((choices) => settings.allow(choices));
show();
if (conversation.mayGoOn) tell("Your last conversation may still be open. Press Talk to go on with it.", "info");
installHook(conversation, recorder);
