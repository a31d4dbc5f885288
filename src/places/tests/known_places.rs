use super::{find, km};

/// Addresses with the latitude, longitude and time zone that an atlas gives.
const PLACES: &[(&str, f64, f64, &str)] = &[
    ("||||Liechtenstein", 47.14, 9.52, "Europe/Vaduz"),
    ("|||10118|US", 40.7484, -73.9857, "America/New_York"),
    ("|||94105|US", 37.7898, -122.3942, "America/Los_Angeles"),
    ("|||60606|US", 41.8789, -87.6359, "America/Chicago"),
    ("|||33139|US", 25.7826, -80.1341, "America/New_York"),
    ("|||80202|US", 39.7525, -104.9995, "America/Denver"),
    ("|||85004|US", 33.4510, -112.0685, "America/Phoenix"),
    ("|||99501|US", 61.2181, -149.9003, "America/Anchorage"),
    ("|||96815|US", 21.2793, -157.8292, "Pacific/Honolulu"),
    ("|Boise|ID||US", 43.6150, -116.2023, "America/Boise"),
    ("|El Paso|TX||US", 31.7619, -106.4850, "America/Denver"),
    ("|Knoxville|TN||US", 35.9606, -83.9207, "America/New_York"),
    ("|Nashville|TN||US", 36.1627, -86.7816, "America/Chicago"),
    ("|||00901|PR", 18.4655, -66.1057, "America/Puerto_Rico"),
    ("|||V6B 1A1|CA", 49.2800, -123.1150, "America/Vancouver"),
    ("|||H3B 1A7|CA", 45.5000, -73.5700, "America/Toronto"),
    ("|St. John's|NL||CA", 47.5615, -52.7126, "America/St_Johns"),
    ("|Calgary|Alberta||CA", 51.0447, -114.0719, "America/Edmonton"),
    ("|||06600|MX", 19.4280, -99.1560, "America/Mexico_City"),
    ("|Tijuana|||MX", 32.5149, -117.0382, "America/Tijuana"),
    ("|||EC2N 2DB|GB", 51.5155, -0.0810, "Europe/London"),
    ("|||EH1 1YZ|GB", 55.9520, -3.1900, "Europe/London"),
    ("|||BT1 5GS|GB", 54.5970, -5.9300, "Europe/London"),
    ("|||D02 AF30|IE", 53.3390, -6.2560, "Europe/Dublin"),
    ("|||75008|FR", 48.8720, 2.3120, "Europe/Paris"),
    ("|||13001|FR", 43.2970, 5.3830, "Europe/Paris"),
    ("|||80331|DE", 48.1350, 11.5720, "Europe/Berlin"),
    ("|||20095|DE", 53.5500, 10.0010, "Europe/Berlin"),
    ("|||01067|DE", 51.0570, 13.7240, "Europe/Berlin"),
    ("|||1010|AT", 48.2090, 16.3700, "Europe/Vienna"),
    ("|||8001|CH", 47.3720, 8.5410, "Europe/Zurich"),
    ("|||1211|CH", 46.2044, 6.1432, "Europe/Zurich"),
    ("|||1012 JS|NL", 52.3730, 4.8930, "Europe/Amsterdam"),
    ("|||1000|BE", 50.8467, 4.3525, "Europe/Brussels"),
    ("|||28013|ES", 40.4180, -3.7060, "Europe/Madrid"),
    (
        "|Las Palmas de Gran Canaria|||ES",
        28.1235,
        -15.4363,
        "Atlantic/Canary",
    ),
    ("|||1100-148|PT", 38.7100, -9.1370, "Europe/Lisbon"),
    ("|||00184|IT", 41.8920, 12.4920, "Europe/Rome"),
    ("|||111 20|SE", 59.3300, 18.0600, "Europe/Stockholm"),
    ("|||0150|NO", 59.9100, 10.7450, "Europe/Oslo"),
    ("|||00100|FI", 60.1710, 24.9310, "Europe/Helsinki"),
    ("|||00-002|PL", 52.2297, 21.0122, "Europe/Warsaw"),
    ("|||110 00|CZ", 50.0870, 14.4210, "Europe/Prague"),
    ("|||100-0001|JP", 35.6850, 139.7530, "Asia/Tokyo"),
    ("|Ōsaka|||JP", 34.6937, 135.5023, "Asia/Tokyo"),
    ("|||238823|SG", 1.3040, 103.8320, "Asia/Singapore"),
    ("|||2000|AU", -33.8688, 151.2093, "Australia/Sydney"),
    ("|||6000|AU", -31.9523, 115.8613, "Australia/Perth"),
    ("|Darwin|NT||AU", -12.4634, 130.8456, "Australia/Darwin"),
    ("|||1010|NZ", -36.8485, 174.7633, "Pacific/Auckland"),
    ("|Mumbai|Maharashtra||IN", 19.0760, 72.8777, "Asia/Kolkata"),
    ("|||01310-100|BR", -23.5614, -46.6559, "America/Sao_Paulo"),
    ("|Manaus|||BR", -3.1190, -60.0217, "America/Manaus"),
    (
        "|Buenos Aires|||AR",
        -34.6037,
        -58.3816,
        "America/Argentina/Buenos_Aires",
    ),
    (
        "|Johannesburg|Gauteng||ZA",
        -26.2041,
        28.0473,
        "Africa/Johannesburg",
    ),
    ("|Lagos|||NG", 6.4550, 3.3941, "Africa/Lagos"),
    ("|Nairobi|||KE", -1.2864, 36.8172, "Africa/Nairobi"),
    ("|Cairo|||EG", 30.0444, 31.2357, "Africa/Cairo"),
    ("|Dubai|||AE", 25.2048, 55.2708, "Asia/Dubai"),
    ("|Tel Aviv|||IL", 32.0853, 34.7818, "Asia/Jerusalem"),
    ("|Seoul|||KR", 37.5665, 126.9780, "Asia/Seoul"),
    ("|Shanghai|||CN", 31.2304, 121.4737, "Asia/Shanghai"),
    ("|Vladivostok|||RU", 43.1155, 131.8855, "Asia/Vladivostok"),
];

#[test]
fn known_places_are_within_fifteen_kilometres_and_in_their_time_zone() {
    let mut wrong = Vec::new();
    for &(cells, latitude, longitude, zone) in PLACES {
        let found = find(cells, "");
        let away = found
            .place
            .degrees
            .map(|degrees| km(degrees, (latitude, longitude)));
        if away.is_none_or(|away| away > 15.0) || found.zone.as_deref() != Some(zone) {
            wrong.push(format!("{cells}: {away:?} km away, {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
