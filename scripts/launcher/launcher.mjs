import { banner } from './banner.mjs';
import { Fault } from './fault.mjs';
import { Lock } from './lock.mjs';
import { choosePorts, localUrl } from './ports.mjs';
import { apiProgram, redisProgram, workerProgram } from './programs.mjs';
import { checkInstalled, readSettings } from './project.mjs';
import { checkServer, givenServers } from './redis-given.mjs';
import { ensureRedisServer } from './redis-install.mjs';
import { Service } from './service.mjs';

const API_LIMIT = 15_000;
/** On top of SHUTDOWN_GRACE. */
const WORKER_LIMIT = 10_000;
const REDIS_LIMIT = 30_000;
const REDIS_ATTEMPTS = 3;

/**
 * Runs Almanac on this machine: Redis, unless one is named, then the API and a worker. It owns the lock of
 * the data folder and the services; each of these knows nothing of the others.
 */
export class Launcher {
  #env;
  #say;
  #giveUp;
  /** @type {Lock | undefined} */
  #lock;
  /** @type {Service | undefined} */
  #redis;
  /** @type {Service | undefined} */
  #api;
  /** @type {Service | undefined} */
  #worker;
  #url = '';
  #workerLimit = WORKER_LIMIT;
  #isStopping = false;

  /**
   * @param {NodeJS.ProcessEnv} env
   * @param {(line: string) => void} say
   * @param {(reason: string) => void} giveUp a program ended too often
   */
  constructor(env, say, giveUp) {
    this.#env = env;
    this.#say = say;
    this.#giveUp = giveUp;
  }

  /**
   * Resolves when everything runs, with what to tell the user.
   * @returns {Promise<string>}
   * @throws {Fault}
   */
  async start() {
    checkInstalled();
    const settings = await readSettings(this.#env);
    this.#workerLimit += settings.shutdownGrace;
    const { dataDir, host } = settings;
    this.#url = localUrl(host, settings.port);
    this.#lock = await Lock.acquire(dataDir, this.#url, this.#say);
    Object.assign(settings, await choosePorts(settings));
    this.#url = localUrl(host, settings.port);

    const servers = givenServers(this.#env, settings);
    for (const server of servers) await checkServer(server);
    const redis = servers.length > 0 ? { servers } : await this.#startRedis(settings);

    const env = {
      ...this.#env,
      PORT: String(settings.port),
      WORKER_PORT: String(settings.workerPort),
      DATA_DIR: dataDir,
      ...('port' in redis ? { REDIS_URL: `redis://127.0.0.1:${redis.port}` } : {}),
    };
    this.#api = this.#service(apiProgram(env, settings));
    this.#worker = this.#service(workerProgram(env, settings));
    await Promise.all([this.#api.start(), this.#worker.start()]);
    return banner(settings, redis);
  }

  /** In the order in which nothing is lost: no new work, then the work under way, then the data. */
  async stop() {
    this.#isStopping = true;
    await this.#api?.stop(API_LIMIT);
    await this.#worker?.stop(this.#workerLimit);
    await this.#redis?.stop(REDIS_LIMIT);
    this.#lock?.release();
  }

  /** Makes a `stop` under way a quick one. Redis still ends by itself: that is quick, and safe. */
  hurry() {
    this.#api?.kill();
    this.#worker?.kill();
  }

  /** @param {import('./project.mjs').LauncherSettings} settings */
  async #startRedis(settings) {
    const binary = ensureRedisServer(this.#env, this.#say);
    for (let attempt = 1; ; attempt++) {
      const program = await redisProgram(binary, settings);
      this.#redis = this.#service(program);
      try {
        await this.#redis.start();
        return { port: program.port };
      } catch (error) {
        // Another program may have taken the port in between.
        const isPortTaken = error instanceof Fault && /address already in use/i.test(error.message);
        if (!isPortTaken || attempt === REDIS_ATTEMPTS) throw error;
        await this.#redis.stop(0);
      }
    }
  }

  /** @param {import('./service.mjs').ServiceOptions} options */
  #service(options) {
    if (this.#isStopping) throw new Fault('stopped');
    return new Service(options, {
      say: this.#say,
      giveUp: this.#giveUp,
      changed: () => this.#notePrograms(),
    });
  }

  #notePrograms() {
    const pids = [this.#redis, this.#api, this.#worker].map((service) => service?.pid);
    this.#lock?.note(
      this.#url,
      pids.filter((pid) => pid !== undefined),
    );
  }
}
