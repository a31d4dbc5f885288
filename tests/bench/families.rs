//! Families of instances whose rows are computed when they are asked for, so that no matrix is in memory.
//!
//! Every number comes of an integer hash of lead and rep, or of exact single-precision arithmetic on such
//! numbers, so that an instance is the same on every machine.

use crate::transport::{INELIGIBLE, Source, WORST};
use clap::ValueEnum;

/// What the costs of a family are like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Family {
    /// Clustered places, skills and levels; every rep may take every lead.
    Real,
    /// The same, but reps take only leads within their radius for which they have a skill.
    Sparse,
    /// Every cost drawn evenly from 0 to 1,000,000.
    Random,
    /// As `real`, every lead ten times and scores rounded to a hundredth: many ties.
    Dup,
    /// The product of a number of the lead and a number of the rep.
    RankOne,
    /// The same cost everywhere.
    Equal,
    /// One rep nearly free for all, all others dear.
    Wanted,
    /// As `real`, but nobody has room.
    Closed,
    /// Nobody may take anything.
    Nobody,
}

/// Places of all reps together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Room {
    /// 1.3 a lead.
    Ample,
    /// 0.8 a lead.
    Scarce,
}

/// Half of the closeness is lost at this distance, in the units of the map.
const HALF: f32 = 300.0;
/// Clusters on the map.
const CLUSTERS: u32 = 60;

/// What a lead or a rep is like in the families on a map.
#[derive(Clone, Copy)]
struct Being {
    east: f32,
    north: f32,
    /// Needed or held skills, one bit each.
    skills: u16,
    level: i32,
    /// A rep's share of free time in points, and how far it goes.
    free: f32,
    radius: f32,
}

/// The reps, what is alike side by side.
#[derive(Default)]
struct Map {
    east: Vec<f32>,
    north: Vec<f32>,
    radius: Vec<f32>,
    skills: Vec<u32>,
    level: Vec<i32>,
    free: Vec<f32>,
}

impl Map {
    fn of(reps: impl Iterator<Item = Being>) -> Self {
        let mut map = Self::default();
        for rep in reps {
            map.east.push(rep.east);
            map.north.push(rep.north);
            map.radius.push(rep.radius);
            map.skills.push(rep.skills.into());
            map.level.push(rep.level);
            map.free.push(rep.free);
        }
        map
    }
}

/// An instance of a family.
pub struct Made {
    family: Family,
    room: Room,
    leads: Vec<Being>,
    map: Map,
    rooms: Vec<u32>,
}

impl Made {
    /// Makes an instance. `O(leads + reps)` time and memory.
    pub fn new(family: Family, leads: usize, reps: usize, room: Room) -> Self {
        let copies = if family == Family::Dup { 10 } else { 1 };
        let of_lead = |lead: usize| being(mix(1, number(lead / copies)), 1.0);
        Self {
            family,
            room,
            leads: (0..leads).map(of_lead).collect(),
            map: Map::of((0..reps).map(|rep| being(mix(2, number(rep)), 0.4))),
            rooms: rooms(family, leads, reps, room),
        }
    }

    /// A name that says what it is.
    pub fn name(&self) -> String {
        let room = if self.room == Room::Ample {
            "ample"
        } else {
            "scarce"
        };
        let family = format!("{:?}", self.family).to_lowercase();
        format!("{}_{}_{room}_{family}", self.leads.len(), self.rooms.len())
    }

    fn on_map(&self, lead: usize, bounded: bool, out: &mut [i32]) {
        let (lead, map) = (self.leads[lead], &self.map);
        let need = 450_000.0 / counted(u32::from(lead.skills));
        let skills = u32::from(lead.skills);
        let places = map.east.iter().zip(&map.north).zip(&map.radius);
        let people = map.skills.iter().zip(&map.level).zip(&map.free);
        for (cost, (((&east, &north), &radius), ((&held, &level), &free))) in
            out.iter_mut().zip(places.zip(people))
        {
            let (east, north) = (lead.east - east, lead.north - north);
            let distance = (east * east + north * north).sqrt();
            let shared = counted(skills & held);
            let level = if level >= lead.level { 1.0 } else { 0.7 };
            let score = need * shared * level + 350_000.0 * HALF / (HALF + distance) + free;
            let in_reach = !bounded || (distance <= radius && shared >= 1.0);
            let dear = WORST - whole(score.min(1_000_000.0));
            *cost = if in_reach { dear } else { INELIGIBLE };
        }
    }
}

impl Source for Made {
    fn leads(&self) -> usize {
        self.leads.len()
    }

    fn rooms(&self) -> &[u32] {
        &self.rooms
    }

    fn left_out(&self, lead: usize) -> i32 {
        WORST
            * match mix(3, number(lead)) % 100 {
                0..70 => 2,
                70..92 => 4,
                _ => 8,
            }
    }

    fn costs(&self, lead: usize, out: &mut [i32]) {
        let key = number(lead);
        match self.family {
            Family::Real | Family::Closed => self.on_map(lead, false, out),
            Family::Sparse => self.on_map(lead, true, out),
            Family::Dup => {
                self.on_map(lead, false, out);
                for cost in out {
                    *cost = *cost / 10_000 * 10_000;
                }
            }
            Family::Random => fill(out, |rep| below(mix(key, rep), WORST + 1)),
            Family::RankOne => {
                let of_lead = below(mix(4, key), 1001);
                fill(out, |rep| of_lead * below(mix(5, rep), 1000));
            }
            Family::Equal => out.fill(WORST / 2),
            Family::Wanted => fill(out, |rep| {
                let cost = below(mix(key, rep), 400_000);
                if rep == 0 { cost / 400 } else { 600_000 + cost }
            }),
            Family::Nobody => out.fill(INELIGIBLE),
        }
    }
}

fn fill(out: &mut [i32], cost: impl Fn(u32) -> i32) {
    for (cell, rep) in out.iter_mut().zip(0..) {
        *cell = cost(rep);
    }
}

/// Rooms that add up to what is asked for, uneven from half to one and a half of the mean, one at least.
fn rooms(family: Family, leads: usize, reps: usize, room: Room) -> Vec<u32> {
    let percent = if room == Room::Ample { 130 } else { 80 };
    let total = leads as u64 * percent / 100;
    let weight = |rep: usize| 500 + u64::from(mix(6, number(rep)) % 1001);
    let weights: u64 = (0..reps).map(weight).sum();
    let mut before = 0;
    let upto = |weight: u64| total * weight / weights.max(1);
    (0..reps)
        .map(|rep| {
            let from = upto(before);
            before += weight(rep);
            let share = u32::try_from(upto(before) - from).expect("fewer than leads");
            if family == Family::Closed { 0 } else { share.max(1) }
        })
        .collect()
}

/// Someone on the map; `share` of the skills are held by chance, three bits at most where it is 1.
fn being(seed: u32, share: f32) -> Being {
    let draw = |what: u32| mix(seed, what);
    let unit = |what: u32| single(draw(what) >> 8) / single(1 << 24);
    // The smaller of two draws: low numbers, the big cities, come up more often.
    let cluster = (draw(1) % CLUSTERS).min(draw(2) % CLUSTERS);
    let centre = |what: u32| single(mix(7 + what, cluster) >> 8) / single(1 << 24);
    let bit = |what: u32| 1u16 << (draw(what) % 12);
    let skills = if share < 1.0 {
        (0..12u32)
            .filter(|&skill| unit(20 + skill) < share)
            .fold(0, |skills, skill| skills | 1 << skill)
    } else {
        (0..=draw(3) % 3).fold(0, |skills, more| skills | bit(4 + more))
    };
    Being {
        east: 4000.0 * centre(0) + 120.0 * (unit(8) + unit(9) - 1.0),
        north: 2200.0 * centre(1) + 120.0 * (unit(10) + unit(11) - 1.0),
        skills,
        level: 1 + below(draw(12), 5),
        free: 200_000.0 * unit(13),
        radius: match draw(14) % 10 {
            0..3 => 150.0,
            3..7 => 400.0,
            7..9 => 900.0,
            _ => 6000.0,
        },
    }
}

fn counted(skills: u32) -> f32 {
    single(skills.count_ones())
}

#[expect(clippy::cast_precision_loss, reason = "numbers below 2^24 are exact")]
fn single(number: u32) -> f32 {
    number as f32
}

/// Rounds a number from 0 to 2²²: adding 2²³ leaves no bits for a fraction. Unlike a cast, this is
/// done for many numbers at once.
fn whole(score: f32) -> i32 {
    (score + 8_388_608.0).to_bits().cast_signed() - 0x4B00_0000
}

fn number(at: usize) -> u32 {
    u32::try_from(at).expect("sizes are bounded in the arguments")
}

/// A hash of two numbers (the finaliser of `MurmurHash3`).
fn mix(one: u32, other: u32) -> u32 {
    let mut bits = one.wrapping_mul(0x9E37_79B1) ^ other.wrapping_add(0x7F4A_7C15).wrapping_mul(0x85EB_CA77);
    bits = (bits ^ bits >> 16).wrapping_mul(0x85EB_CA6B);
    bits = (bits ^ bits >> 13).wrapping_mul(0xC2B2_AE35);
    bits ^ bits >> 16
}

/// Scales a hash to a number from 0 to less than `most`, which is positive.
fn below(hash: u32, most: i32) -> i32 {
    let scaled = (u64::from(hash) * u64::from(most.unsigned_abs())) >> 32;
    i32::try_from(scaled).expect("less than `most`")
}
