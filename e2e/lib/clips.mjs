// Ten recordings by a human speaker, from the machine's own packages, with what is said in them.
export const CLIPS = {
    "demo-nomatch": "I'm sorry, there are no matches for those keywords.",
    "dir-instr": "If this is the person you're looking for, press one now. Otherwise, please press star now.",
    "vm-review": "Press one to accept this recording. Press two to listen to it. Press three to re-record your message.",
    "agent-alreadyon": "That agent is already logged on. Please enter your agent number followed by the pound key.",
    "vm-nobox": "You cannot reply to this message because the sender does not have a mailbox.",
    "conf-invalid": "That is not a valid conference number. Please try again.",
    "vm-mailboxfull": "Sorry, but the user's mailbox can't accept more messages.",
    "auth-incorrect": "Password incorrect. Please enter your password followed by the pound key.",
    "vm-reenterpassword": "Please re-enter your password followed by the pound key.",
    "queue-youarenext": "Your call is now first in line and will be answered by the next available representative.",
};
