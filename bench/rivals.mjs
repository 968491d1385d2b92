// The questions of exposure_bench.cpp, put to DuckDB and PostgreSQL. Called by fx_bench --rivals.
// usage: node rivals.mjs FOLDER     FOLDER holds visits.csv and cases.csv; packages are installed and a cluster is made there
// Prints lines "NAME RING1_ROWS RING1_CPU_MS RINGS_ROWS RINGS_CPU_MS"; a rival that cannot be asked prints "NAME - reason".
// CPU: of this process for DuckDB (one thread), of the backend for PostgreSQL (log_statement_stats).
import { execFileSync, spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { existsSync } from 'node:fs'

const folder = process.argv[2]
const minimum = 900
const onward = 4 * 86400

/** Contacts of the table `sources` (person, from_s, until_s), without those in `listed`. */
const ring = (sources, listed, reach) => `
  SELECT v.person, min(greatest(v.enter_s, s.enter_s, c.from_s)) AS first_s,
         max(least(v.leave_s, s.leave_s, c.until_s) - greatest(v.enter_s, s.enter_s, c.from_s)) AS longest_s,
         sum(least(v.leave_s, s.leave_s, c.until_s) - greatest(v.enter_s, s.enter_s, c.from_s)) AS total_s, count(*) AS pairs
  FROM ${sources} c
  JOIN visits s ON s.person = c.person AND s.enter_s < c.until_s AND s.leave_s > c.from_s ${reach.join}
  JOIN visits v ON v.place = s.place AND v.enter_s < least(s.leave_s, c.until_s) ${reach.where}
  WHERE least(v.leave_s, s.leave_s, c.until_s) - greatest(v.enter_s, s.enter_s, c.from_s) >= ${minimum}
    AND NOT EXISTS (SELECT 1 FROM ${listed} l WHERE l.person = v.person)
  GROUP BY v.person`
const next = `SELECT person, first_s AS from_s, first_s + ${onward} AS until_s FROM ring1`

async function duckdb() {
  const packages = `${folder}/node_modules`
  if (!existsSync(`${packages}/@duckdb/node-api`))
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--silent', '--prefix', folder, '@duckdb/node-api'])
  const { DuckDBInstance } = createRequire(`${packages}/`)('@duckdb/node-api')
  const db = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect()
  const rows = async (sql) => (await db.runAndReadAll(sql)).getRowObjects()
  const count = async (table) => Number((await rows(`SELECT count(*) AS n FROM ${table}`))[0].n)
  await db.run(`CREATE TABLE visits AS SELECT * FROM read_csv('${folder}/visits.csv') ORDER BY place, enter_s`)
  await db.run(`CREATE TABLE cases AS SELECT * FROM read_csv('${folder}/cases.csv')`)
  const reach = { join: '', where: 'AND v.leave_s > greatest(s.enter_s, c.from_s)' }
  const ask = async (both) => {
    for (const table of ['ring1', 'ring2', 'onward', 'listed']) await db.run(`DROP TABLE IF EXISTS ${table}`)
    const before = process.cpuUsage()
    await db.run(`CREATE TABLE ring1 AS ${ring('cases', 'cases', reach)}`)
    if (both) {
      await db.run(`CREATE TABLE onward AS ${next}`)
      await db.run('CREATE TABLE listed AS SELECT person FROM cases UNION SELECT person FROM ring1')
      await db.run(`CREATE TABLE ring2 AS ${ring('onward', 'listed', reach)}`)
    }
    const used = process.cpuUsage(before)
    return (used.user + used.system) / 1e3
  }
  const first = Math.min(await ask(false), await ask(false), await ask(false))
  const both = await ask(true)
  console.log(`duckdb ${await count('ring1')} ${first.toFixed(2)} ${await count('ring2')} ${both.toFixed(2)}`)
}

function postgresql() {
  const bin = '/usr/lib/postgresql/15/bin'
  if (!existsSync(bin)) return console.log('postgresql - not installed')
  const as = process.getuid() === 0 ? ['runuser', '-u', 'postgres', '--'] : []
  const run = (...words) => execFileSync([...as, ...words][0], [...as, ...words].slice(1), { cwd: '/', stdio: 'pipe' })
  const data = `${folder}/pg`
  execFileSync('mkdir', ['-p', data])
  if (as.length) execFileSync('chown', ['postgres', data])
  run(`${bin}/initdb`, '-D', data, '--no-sync', '-A', 'trust', '-U', 'bench')
  const settings = `-c listen_addresses= -c unix_socket_directories=${data} -c fsync=off -c shared_buffers=2GB -c work_mem=256MB
    -c max_parallel_workers_per_gather=0 -c jit=off -c maintenance_work_mem=1GB -c max_wal_size=8GB`.replace(/\s+/g, ' ')
  run(`${bin}/pg_ctl`, '-D', data, '-w', '-l', `${data}/log`, '-o', settings, 'start')
  try {
    const sql = (text) => {
      const words = [...as, 'psql', '-h', data, '-U', 'bench', '-d', 'postgres', '-qAt', '-v', 'ON_ERROR_STOP=1']
      const done = spawnSync(words[0], words.slice(1), { input: text, encoding: 'utf8', maxBuffer: 1 << 28, cwd: '/' })
      if (done.status !== 0) throw new Error(done.stderr.split('\n').find((line) => line.includes('ERROR')) ?? 'psql failed')
      return done
    }
    sql(`CREATE UNLOGGED TABLE visits (person int, place int, enter_s int, leave_s int);
         CREATE UNLOGGED TABLE cases (person int, from_s int, until_s int);
         \\copy visits FROM '${folder}/visits.csv' CSV HEADER
         \\copy cases FROM '${folder}/cases.csv' CSV HEADER
         CREATE INDEX ON visits (place, enter_s); CREATE INDEX ON visits (person); CREATE INDEX ON cases (person);
         CREATE TABLE longest AS SELECT place, max(leave_s - enter_s) AS s FROM visits GROUP BY place;
         ALTER TABLE longest ADD PRIMARY KEY (place); VACUUM ANALYZE;`)
    const reach = {
      join: 'JOIN longest p ON p.place = s.place',
      where: `AND v.enter_s >= greatest(s.enter_s, c.from_s) + ${minimum} - p.s`,
    }
    const stats = `SET client_min_messages = log; SET log_statement_stats = on; SET statement_timeout = '15min';`
    // Left alone, the planner hashes all visits for the second ring and does not come back.
    const by_index = 'SET enable_hashjoin = off; SET enable_mergejoin = off;'
    const ask = (text) => {
      let ms = 0
      for (const [, user, system] of sql(`${stats} ${text}`).stderr.matchAll(/!\s+([\d.]+) s user, ([\d.]+) s system, [\d.]+ s elapsed/g))
        ms += (Number(user) + Number(system)) * 1e3
      return ms
    }
    const drop = 'DROP TABLE IF EXISTS ring1, ring2, onward, listed;'
    const first_ring = `CREATE UNLOGGED TABLE ring1 AS ${ring('cases', 'cases', reach)};`
    const times = ['', by_index, ''].map((how) => (sql(drop), ask(how + first_ring)))
    const both = ask(`${by_index} CREATE UNLOGGED TABLE onward AS ${next}; ANALYZE onward;
      CREATE UNLOGGED TABLE listed AS SELECT person FROM cases UNION SELECT person FROM ring1;
      CREATE INDEX ON listed (person); ANALYZE listed;
      CREATE UNLOGGED TABLE ring2 AS ${ring('onward', 'listed', reach)};`)
    const count = (table) => sql(`SELECT count(*) FROM ${table}`).stdout.trim()
    const first = Math.min(...times)
    console.log(`postgresql ${count('ring1')} ${first.toFixed(2)} ${count('ring2')} ${(first + both).toFixed(2)}`)
  } finally {
    run(`${bin}/pg_ctl`, '-D', data, '-m', 'immediate', 'stop')
  }
}

for (const [name, rival] of [['duckdb', duckdb], ['postgresql', postgresql]])
  try {
    await rival()
  } catch (error) {
    console.log(`${name} - ${String(error.message).split('\n')[0]}`)
  }
