import { BooksArchive } from './books/books.archive.js';
import { CallLog } from './call.log.js';
import { FaultScript } from './faults/fault.script.js';
import { AnrokApi } from './http/anrok.api.js';
import { CONTROL_PREFIX, controlPlane } from './http/control-plane.js';
import { listen } from './http/simulator.server.js';
import { type SimulatorControls, simulatorControls } from './simulator.controls.js';
import { type AnrokSimulatorOptions, toSettings } from './simulator.options.js';

export interface AnrokSimulator extends SimulatorControls {
  /** "http://127.0.0.1:4010": what stands for https://api.anrok.com. */
  readonly url: string;
  /** Ends every connection, also those that wait for an answer. The books stay readable. */
  readonly close: () => Promise<void>;
}

/**
 * Starts a simulator in this process, on a port of 127.0.0.1.
 *
 * @throws Error when an option makes no sense, the port is taken, or `dataFile` holds something else than books
 */
export async function startAnrokSimulator(options: AnrokSimulatorOptions = {}): Promise<AnrokSimulator> {
  const settings = toSettings(options);
  const parts = { settings, archive: new BooksArchive(settings), calls: new CallLog(), faults: new FaultScript() };
  const controls = simulatorControls(parts);
  const api = new AnrokApi({ ...parts, features: () => controls.features });
  const control = controlPlane(controls);
  const server = await listen(settings.port, (request, closing) =>
    request.path.startsWith(CONTROL_PREFIX) ? { as: 'whole', answer: control(request) } : api.handle(request, closing),
  );
  const close = async () => {
    const closed = server.close();
    parts.faults.clear(); // who waits at the door finds it closed
    await closed;
  };
  return Object.assign(controls, { url: server.url, close });
}
