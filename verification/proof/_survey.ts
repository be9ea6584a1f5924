import { PROFILES } from './profile.js'
import { plannedFor, carryOut } from './explorations.js'
import { checkBoundsOf } from './refuted.js'
const [,, cmd, profile, at] = process.argv
if (cmd === 'list') {
  for (const p of PROFILES) {
    const ci = new Set(plannedFor(p,'ci').map(x=>x.bound.name))
    plannedFor(p,'full').forEach((x,i)=>console.log([p,i,ci.has(x.bound.name)?'ci':'full',x.bound.name].join('\t')))
  }
  console.log('checks', checkBoundsOf('full').length, checkBoundsOf('ci').length)
} else {
  const t=performance.now()
  const planned = plannedFor(profile as any,'full')[Number(at)]!
  const e:any = await carryOut(profile as any, planned)
  for (const h of e.hits) console.log(JSON.stringify(h,null,1).slice(0,6000)); console.log([profile,at,((performance.now()-t)/1000).toFixed(0)+'s',e.states, 'hits',e.hits.length, planned.bound.name].join('\t'))
}
