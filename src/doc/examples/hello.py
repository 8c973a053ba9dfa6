import asyncio, json, urllib.request, uuid
import websockets

SERVER = "http://127.0.0.1:8080"


def sign_in(name):
    request = urllib.request.Request(
        SERVER + "/api/session", json.dumps({"name": name}).encode(),
        {"Content-Type": "application/json", "Origin": SERVER})
    with urllib.request.urlopen(request) as answer:
        return answer.headers["Set-Cookie"].split(";")[0]


async def main():
    async with websockets.connect(
            SERVER.replace("http", "ws") + "/hub", subprotocols=["parley.v1"],
            origin=SERVER, extra_headers={"Cookie": sign_in("Python")}) as hub:
        await hub.send(json.dumps({"type": "join", "id": "1", "room": "lobby"}))
        await hub.send(json.dumps({"type": "publish", "id": uuid.uuid4().hex, "room": "lobby",
                                   "kind": "text", "body": {"text": "Hello from Python"}}))
        async for text in hub:
            frame = json.loads(text)
            print(frame["type"], frame)
            if frame["type"] == "ack":
                break


asyncio.run(main())
