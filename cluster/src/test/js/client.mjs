// A browser's client that sends numbered events, expects each of them back, and prints what came. Usage: client.mjs URL TRANSPORTS COUNT
import {io} from 'socket.io-client';

const [url, transports, count] = process.argv.slice(2);
const total = Number(count);
const socket = io(url, {transports: transports.split(','), reconnectionDelay: 100, reconnectionDelayMax: 300});
const got = [];
const said = [];
let sent = 0;

function finish() {
    console.log(JSON.stringify({got, said, transport: socket.io.engine.transport.name}));
    socket.close();
    process.exit(0);
}

socket.on('connect', () => said.push('connect'));
socket.on('disconnect', (reason) => said.push(`disconnect: ${reason}`));
socket.io.on('reconnect', () => said.push('reconnect'));
socket.on('connect_error', (error) => said.push(`error: ${error.message}`));
socket.on('down', (n) => {
    got.push(n);
    if (got.length === total) {
        setTimeout(finish, 200);
    }
});
socket.on('stop', finish);
socket.on('again', () => setTimeout(() => socket.emit('ready', said), 100));

function burst() {
    for (let i = 0; i < 5 && sent < total; i++) {
        socket.emit('up', ++sent);
    }
    if (sent < total) {
        setTimeout(burst, 2);
    }
}

if (total > 0) {
    socket.once('connect', burst);
}
setTimeout(() => {
    said.push('timeout');
    finish();
}, 90000).unref();
process.stdin.on('end', () => process.exit(1));
process.stdin.resume();
