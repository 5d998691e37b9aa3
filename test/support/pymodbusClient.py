"""A PLC for tests: pymodbus as Modbus TCP client that drives the handshake of docs/handshake.md, written from that page and not from the station's code.

Commands come as JSON lines on stdin, one event to stdout answers each:
{"connect": [host, port]} → {"connected": bool}
{"read": [function, address, count]} → {"values": [n]} or {"exception": code or null}
{"write": [address, [values]]} → {"values": []} or {"exception": code or null} (FC 16, FC 06 for a single value)
{"handshakes": n, "deadlineMs": ms} → {"handshakes": [{"id", "result", "ms"}], "trouble": [text]}
{"watch": ms} → {"seen": [{"atMs", "isValid", "result"}]}: one part is announced, its result read and not acknowledged, and for so long every change of it noted
{"close": true} → {"closed": true}
"""
import json
import logging
import struct
import sys
import time

from pymodbus.client import ModbusTcpClient
from pymodbus.exceptions import ModbusException
from pymodbus.utilities import computeCRC

ENABLE, TRIGGER, RESULT_ACK = 1, 2, 4
READY, TRIGGER_ACK, RESULT_VALID = 1 << 1, 1 << 2, 1 << 5
PASS, REJECT, NO_DECISION = 0xA55A, 0x5AA5, 0x3CC3
logging.disable(logging.CRITICAL)  # refused connections, all of them asked for
NAMES = {PASS: "pass", REJECT: "reject", NO_DECISION: "noDecision"}


class Plc:
    def __init__(self):
        self.client = None
        self.part_id = 0
        self.heartbeat = 0
        self.trouble = []

    def connect(self, host, port):
        self.client = ModbusTcpClient(host, port=port, timeout=2)
        return {"connected": bool(self.client.connect())}

    def read(self, function, address, count):
        ask = {1: self.client.read_coils, 2: self.client.read_discrete_inputs, 3: self.client.read_holding_registers, 4: self.client.read_input_registers}[function]
        reply = ask(address, count, slave=1)
        if reply.isError():
            return {"exception": getattr(reply, "exception_code", None)}
        return {"values": [int(bit) for bit in reply.bits[:count]] if function < 3 else reply.registers}

    def write(self, address, values):
        reply = self.client.write_register(address, values[0], slave=1) if len(values) == 1 else self.client.write_registers(address, values, slave=1)
        return {"exception": getattr(reply, "exception_code", None)} if reply.isError() else {"values": []}

    def scan(self, bits, deadline_ms):
        """One PLC cycle: everything is written, everything is read; an image with a wrong CRC is none."""
        self.heartbeat = (self.heartbeat + 1) & 0xFFFF
        if "exception" in self.write(0, [bits, self.heartbeat, self.part_id, 0, deadline_ms, 0, 0]):
            self.trouble.append("a write was refused")
        image = self.read(3, 100, 20)["values"]
        swapped = computeCRC(struct.pack(">19H", *image[:19]))
        if ((swapped << 8) & 0xFF00 | swapped >> 8) != image[19]:
            self.trouble.append("CRC")
        return image

    def until(self, bits, deadline_ms, is_reached):
        give_up = time.monotonic() + 3
        while time.monotonic() < give_up:
            image = self.scan(bits, deadline_ms)
            if is_reached(image[0]):
                return image
        raise TimeoutError(f"status {image[0]:016b} with control {bits:08b}")

    def handshake(self, deadline_ms):
        self.until(ENABLE, deadline_ms, lambda status: status & READY)
        self.part_id = self.part_id % 0xFFFF + 1
        started = time.monotonic_ns()
        early = self.scan(ENABLE | TRIGGER, deadline_ms)
        while not early[0] & TRIGGER_ACK:
            early = self.scan(ENABLE | TRIGGER, deadline_ms)
        if not early[0] & RESULT_VALID and (early[3], early[2]) != (REJECT, self.part_id):
            self.trouble.append(f"before its result part {self.part_id} read {early[3]:04x} for {early[2]}")
        image = self.until(ENABLE, deadline_ms, lambda status: status & RESULT_VALID)
        elapsed = (time.monotonic_ns() - started) / 1e6
        if image[2] != self.part_id:
            self.trouble.append(f"result of part {image[2]} for part {self.part_id}")
        self.until(ENABLE | RESULT_ACK, deadline_ms, lambda status: not status & RESULT_VALID)
        return {"id": self.part_id, "result": NAMES.get(image[3], hex(image[3])), "ms": elapsed}

    def watch(self, ms):
        self.until(ENABLE, 0, lambda status: status & READY)
        self.part_id = self.part_id % 0xFFFF + 1
        image = self.until(ENABLE | TRIGGER, 0, lambda status: status & RESULT_VALID)
        seen = []
        give_up = time.monotonic() + ms / 1e3
        while time.monotonic() < give_up:
            now = {"isValid": bool(image[0] & RESULT_VALID), "result": NAMES.get(image[3], hex(image[3]))}
            if not seen or {**seen[-1], **now} != seen[-1]:
                seen.append({"atMs": time.monotonic_ns() / 1e6, **now})
            image = self.scan(ENABLE, 0)
        return {"seen": seen}

    def handshakes(self, count, deadline_ms):
        self.trouble = []
        done = []
        try:
            for _ in range(count):
                done.append(self.handshake(deadline_ms))
        except (TimeoutError, ModbusException, KeyError) as error:
            self.trouble.append(str(error))
        return {"handshakes": done, "trouble": self.trouble}

    def obey(self, command):
        if "connect" in command:
            return self.connect(*command["connect"])
        if "read" in command:
            return self.read(*command["read"])
        if "write" in command:
            return self.write(*command["write"])
        if "handshakes" in command:
            return self.handshakes(command["handshakes"], command["deadlineMs"])
        if "watch" in command:
            return self.watch(command["watch"])
        self.client.close()
        return {"closed": True}


plc = Plc()
for line in sys.stdin:
    try:
        event = plc.obey(json.loads(line))
    except ModbusException as error:
        event = {"exception": None, "text": str(error)}
    sys.stdout.write(json.dumps(event) + "\n")
    sys.stdout.flush()
