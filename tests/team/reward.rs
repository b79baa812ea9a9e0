//! S34: the shares sum to the pool to the cent, and no solo result raises only one's own share.

use cadans::team::reward::{Member, pool_cents, split};
use proptest::prelude::*;

fn team(times: &[f64]) -> Vec<Member> {
    times.iter().enumerate().map(|(nth, time)| Member { rep: format!("r{nth}"), time: *time }).collect()
}

fn shares(pool: u64, times: &[f64]) -> Vec<u64> {
    split(pool, &team(times)).shares.into_iter().map(|share| share.cents).collect()
}

#[test]
fn a_hundred_euros_for_three_is_split_to_the_cent() {
    assert_eq!(shares(10_000, &[1.0, 1.0, 1.0]), [3334, 3333, 3333]);
    assert_eq!(shares(10_000, &[1.0, 0.5]), [6667, 3333]);
    assert_eq!(shares(10_000, &[0.0, 1.0]), [0, 10_000]);
    assert_eq!(shares(10_000, &[0.0, 0.0]), [5000, 5000]);
    assert_eq!(shares(10_000, &[]), [] as [u64; 0]);
}

#[test]
fn the_pool_is_a_part_of_what_the_team_reached_above_the_threshold() {
    // 5 % of 100,000 euros.
    assert_eq!(pool_cents(1_100_000.0, 1_000_000.0, 0.05), 500_000);
    assert_eq!(pool_cents(900_000.0, 1_000_000.0, 0.05), 0);
    assert_eq!(pool_cents(f64::NAN, 0.0, 0.05), 0);
}

#[test]
fn what_one_of_them_sells_raises_every_share() {
    let members = team(&[1.0, 1.0, 0.8]);
    let (before, after) = (pool_cents(1_100_000.0, 1_000_000.0, 0.05), pool_cents(1_200_000.0, 1_000_000.0, 0.05));
    let (before, after) = (split(before, &members).shares, split(after, &members).shares);
    assert!(before.iter().zip(&after).all(|(before, after)| after.cents > before.cents), "{before:?} {after:?}");
}

proptest! {
    #[test]
    fn the_shares_sum_to_the_pool(pool in 0u64..1_000_000_000, times in prop::collection::vec(0.0f64..2.0, 1..12)) {
        prop_assert_eq!(shares(pool, &times).iter().sum::<u64>(), pool);
    }
}
