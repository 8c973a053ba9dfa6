// Node's `ws`: /echo answers each text, everything else is one room that gets each text. node ws.js PORT
'use strict';

const { createServer } = require('node:http');
const { WebSocketServer } = require('ws');

const server = createServer((request, response) => response.end('ready'));
const room = new WebSocketServer({ noServer: true });
const echo = new WebSocketServer({ noServer: true });

room.on('connection', (socket) => {
  socket.on('message', (data, binary) => {
    for (const client of room.clients) {
      if (client.readyState === 1) client.send(data, { binary });
    }
  });
  socket.on('error', () => socket.terminate());
});

echo.on('connection', (socket) => {
  socket.on('message', (data) => socket.send(`Message text was: ${data}`));
  socket.on('error', () => socket.terminate());
});

server.on('upgrade', (request, socket, head) => {
  const target = request.url === '/echo' ? echo : room;
  target.handleUpgrade(request, socket, head, (client) => target.emit('connection', client, request));
});

server.listen(Number(process.argv[2]), '127.0.0.1');
