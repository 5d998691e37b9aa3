"""A PLC for tests: pymodbus as Modbus TCP server on a port, or as Modbus RTU server on a serial port (19,200 baud, no parity: a pseudoterminal has none), that logs every write and can be told to misbehave.

Commands come as JSON lines on stdin: {"misbehave": [modes]}, {"set": [coil, value]}, {"get": coil},
{"value": [function code, address, value]} for what a client reads by that function code, {"belt": [register, counts per second]} for
an encoder that runs in two input registers from now on, upper half first.
Events go as JSON lines to stdout: {"listening": port}, {"write": coil, "isOn": bool, "ns": monotonic}, {"coil": n, "isOn": bool}, {"done": true, "ns": monotonic}.
Modes: silent (does as told, never answers), silentWrites (does as told, answers reads only), strangeId, staleId (replies under a
transaction id that nobody used, or of the request before), refuses (exception 2), stuckOutput (acknowledges, changes nothing), lyingReadBack
(reads the opposite), slow (answers after 40 ms), late (answers after 400 ms), garbled (a reply of another unit), hangUp (ends the
connection at the next request).
"""
import asyncio
import json
import logging
import sys
import time

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.server import async_io

READ_COILS = 1
READ_INPUT_REGISTERS = 4
WRITE_COIL = 5
modes = set()
logging.disable(logging.ERROR)  # every disconnection and refused request, all of them asked for


def say(**event):
    sys.stdout.write(json.dumps(event) + "\n")
    sys.stdout.flush()


class Coils(ModbusSlaveContext):
    belt = None

    def validate(self, fc_as_hex, address, count=1):
        return "refuses" not in modes and super().validate(fc_as_hex, address, count)

    def setValues(self, fc_as_hex, address, values):
        ns = time.monotonic_ns()
        if "stuckOutput" not in modes:
            super().setValues(fc_as_hex, address, values)
        if fc_as_hex == WRITE_COIL:
            say(write=address, isOn=bool(values[0]), ns=ns)

    def getValues(self, fc_as_hex, address, count=1):
        if fc_as_hex == READ_INPUT_REGISTERS and self.belt and address == self.belt[0]:
            counts = int((time.monotonic_ns() - self.belt[2]) * self.belt[1] // 1_000_000_000)
            return [counts >> 16 & 0xFFFF, counts & 0xFFFF]
        values = super().getValues(fc_as_hex, address, count)
        return [not value for value in values] if fc_as_hex == READ_COILS and "lyingReadBack" in modes else values


class Misbehaving:
    def send(self, message, *addr, **kwargs):
        if "silent" in modes or "silentWrites" in modes and message.function_code == WRITE_COIL:
            return
        if "hangUp" in modes:
            self.transport.abort()
            return
        if "garbled" in modes:
            message.unit_id = 99
        if "strangeId" in modes:
            message.transaction_id += 1000
        if "staleId" in modes:
            message.transaction_id -= 1
        delay = 0.4 if "late" in modes else 0.04 if "slow" in modes else 0
        reply = super().send
        if delay:
            asyncio.get_running_loop().call_later(delay, lambda: self.running and reply(message, *addr, **kwargs))
        else:
            reply(message, *addr, **kwargs)


class TcpHandler(Misbehaving, async_io.ModbusConnectedRequestHandler):
    pass


class SerialHandler(Misbehaving, async_io.ModbusSingleRequestHandler):
    pass


async def obey(coils):
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while line := await lines.readline():
        command = json.loads(line)
        if "misbehave" in command:
            modes.clear()
            modes.update(command["misbehave"])
            say(done=True, ns=time.monotonic_ns())
        elif "set" in command:
            ModbusSlaveContext.setValues(coils, WRITE_COIL, command["set"][0], [command["set"][1]])
            say(done=True, ns=time.monotonic_ns())
        elif "belt" in command:
            coils.belt = [*command["belt"], time.monotonic_ns()]
            say(done=True, ns=time.monotonic_ns())
        elif "value" in command:
            function_code, address, value = command["value"]
            ModbusSlaveContext.setValues(coils, function_code, address, [value])
            say(done=True, ns=time.monotonic_ns())
        else:
            say(coil=command["get"], isOn=bool(ModbusSlaveContext.getValues(coils, READ_COILS, command["get"])[0]))


async def serve_tcp(units, port):
    server = async_io.ModbusTcpServer(units, address=("127.0.0.1", port), handler=TcpHandler, allow_reuse_address=True)
    serving = asyncio.ensure_future(server.serve_forever())
    await asyncio.wait([serving, server.serving], return_when=asyncio.FIRST_COMPLETED)
    if serving.done():
        serving.result()
    return server.server.sockets[0].getsockname()[1]


async def serve_serial(units, path):
    server = async_io.ModbusSerialServer(units, port=path, baudrate=19200, parity="N", handler=SerialHandler, ignore_missing_slaves=True)
    await server.start()
    return 0


async def main(where):
    coils = Coils(
        co=ModbusSequentialDataBlock(0, [False] * 64),
        di=ModbusSequentialDataBlock(0, [False] * 64),
        hr=ModbusSequentialDataBlock(0, [0] * 64),
        ir=ModbusSequentialDataBlock(0, [0] * 64),
        zero_mode=True,
    )
    units = ModbusServerContext(slaves={1: coils, 7: coils}, single=False)
    say(listening=await (serve_serial(units, where) if where.startswith("/") else serve_tcp(units, int(where))))
    await obey(coils)


asyncio.run(main(sys.argv[1]))
