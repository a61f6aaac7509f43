"""app/version over one session of aioqbt. aioqbt_calls.py URL USERNAME CONNECTIONS"""

import asyncio
import sys
import time

import aiohttp
import aioqbt.client
import told

url, username, connections = sys.argv[1], sys.argv[2], int(sys.argv[3])


async def calls(client, count):
    for _ in range(count):
        await client.app.version()


async def main():
    # Without `unsafe` a cookie of an address that is not a name is not kept.
    jar = aiohttp.CookieJar(unsafe=True)
    connector = aiohttp.TCPConnector(limit=connections)
    async with aiohttp.ClientSession(cookie_jar=jar, connector=connector) as http:
        password = told.password()
        client = await aioqbt.client.create_client(url + "/api/v2/", username, password, http=http)
        async with client:
            numbers = told.numbers()
            # On a thread of its own: the loop has to see a server that closes an idle connection meanwhile.
            while (count := await asyncio.to_thread(next, numbers, None)) is not None:
                start = time.monotonic_ns()
                await asyncio.gather(*[calls(client, count // connections) for _ in range(connections)])
                told.answer(time.monotonic_ns() - start)


asyncio.run(main())
